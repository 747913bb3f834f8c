import type { Geometry } from '../norm/geometry';
import type { Shape } from '../tensor/shape';
import { pick } from './thin';
import type { ViewAxis, ViewChart, ViewSeries } from './viewReport';

/** What a point of the chart stands for. */
export interface Indexed {
  readonly noun: 'Row' | 'Feature' | 'Token';
  /** Axes that an index stands for several of: row 5 of (2, 3) is row (1, 2). */
  readonly shape?: Shape;
  readonly picks?: ViewChart['picks'];
}

/** A series with a value for every index. */
interface WholeSeries extends ViewSeries {
  readonly values: Float64Array;
}

/** The rows of a norm, each of which can be selected. */
export function rowPoints(geometry: Geometry): Indexed {
  return { noun: 'Row', shape: geometry.leadingShape, picks: 'row' };
}

/** 0 up to a count. */
export function allIndices(count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, index) => index);
}

/** The x axis of a chart with a point for some indices, ascending. */
export function indexAxis({ noun, shape }: Indexed, positions: Uint32Array): ViewAxis {
  return { title: noun, positions, scale: 'index', noun, shape };
}

/**
 * A chart with a point for each row, feature or token.
 *
 * @param parts.series at least one, all as long as there are indices
 * @param isShown      says of an index whether it has a point; all have unless given
 */
export function indexChart(
  over: Indexed,
  { series, ...parts }: Pick<ViewChart, 'title' | 'y' | 'limits'> & { readonly series: readonly WholeSeries[] },
  isShown: (index: number) => boolean = () => true,
): ViewChart {
  const shown = allIndices(series[0].values.length).filter(isShown);
  return {
    ...parts,
    x: indexAxis(over, shown),
    series: series.map((whole) => ({ ...whole, values: pick(whole.values, shown) })),
    picks: over.picks,
  };
}
