import type { NormStructure } from './normStructures';
import { inRowOrder } from '../rowOrder';
import { spreadFeatures } from '../spreadFeatures';

/**
 * The weight or bias of every value of some rows of a structure, also where it runs along other axes than the rows.
 *
 * @param features (features,)
 * @param rows     ascending
 * @returns        (rows, cols)
 */
export function featuresInRows(
  { affine, geometry }: NormStructure,
  features: Float64Array,
  rows: ArrayLike<number>,
): Float64Array {
  if (affine !== geometry) {
    return inRowOrder(geometry, spreadFeatures(affine, features), rows);
  }
  const { cols, rowFeature, colFeature } = geometry;
  const values = new Float64Array(rows.length * cols);
  for (let r = 0, i = 0; r < rows.length; r++) {
    const feature = rowFeature[rows[r]];
    for (let c = 0; c < cols; c++, i++) {
      values[i] = features[feature + colFeature[c]];
    }
  }
  return values;
}
