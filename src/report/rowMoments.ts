import { mergeMoments, momentsOf, variance, type Moments } from '../norm/moments';
import { statsOf, type TensorStats } from './tensorStats';

/** Mean and variance of every row as a norm sees them, and the statistics of all rows together. */
export interface RowMoments {
  /** (rows,); NaN for a row that holds NaN, or infinities of both signs; ±Infinity for one with Inf. */
  readonly mean: Float64Array;
  /** (rows,), ÷N; NaN for a row that holds NaN or Inf. */
  readonly variance: Float64Array;
  /** Of all values, over the finite ones. */
  readonly stats: TensorStats;
}

/**
 * Moments of each row.
 *
 * @param values   (rows, cols), row-major
 */
export function rowMoments(values: Float64Array, { rows, cols }: { rows: number; cols: number }): RowMoments {
  const mean = new Float64Array(rows);
  const rowVariance = new Float64Array(rows);
  let all: Moments = momentsOf(values, 0, 0);
  for (let row = 0; row < rows; row++) {
    const moments = momentsOf(values, row * cols, (row + 1) * cols);
    const infinities = (moments.posInf > 0 ? Infinity : 0) + (moments.negInf > 0 ? -Infinity : 0);
    mean[row] = moments.nan > 0 ? NaN : moments.posInf + moments.negInf > 0 ? infinities : moments.mean;
    rowVariance[row] = moments.nan + moments.posInf + moments.negInf > 0 ? NaN : variance(moments);
    all = mergeMoments(all, moments);
  }
  return { mean, variance: rowVariance, stats: statsOf(all) };
}
