import type { Geometry } from '../geometry';

/** How many rows and values of each, and which weight belongs to a value. */
export type RowFeatures = Pick<Geometry, 'rows' | 'cols' | 'affineShape' | 'rowFeature' | 'colFeature'>;

/**
 * Some rows and columns of others, with the features that they use numbered from 0 on without a gap.
 *
 * @param rows, columns ascending
 * @returns             `features` are the numbers that they had
 */
export function someRowFeatures(
  { rowFeature, colFeature }: RowFeatures,
  rows: Uint32Array,
  columns: Uint32Array,
): { geometry: RowFeatures; features: Uint32Array } {
  const ofRows = renumbered(rows, rowFeature);
  const ofColumns = renumbered(columns, colFeature);
  const width = ofColumns.distinct.length;
  return {
    geometry: {
      rows: rows.length,
      cols: columns.length,
      affineShape: [ofRows.distinct.length, width],
      rowFeature: ofRows.numbers.map((number) => number * width),
      colFeature: ofColumns.numbers,
    },
    features: Uint32Array.from(ofRows.distinct.flatMap((row) => ofColumns.distinct.map((column) => row + column))),
  };
}

function renumbered(chosen: Uint32Array, features: Uint32Array): { numbers: Uint32Array; distinct: number[] } {
  const distinct = [...new Set(Array.from(chosen, (place) => features[place]))];
  const number = new Map(distinct.map((feature, i) => [feature, i]));
  return { numbers: chosen.map((place) => number.get(features[place])!), distinct };
}
