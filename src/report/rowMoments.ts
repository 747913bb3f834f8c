import { momentsOf, variance } from '../norm/moments';
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

/** Magnitudes whose squares neither overflow nor vanish, so that a row needs no scaling. */
const plainMin = 1e-140;
const plainMax = 1e140;

/**
 * Moments of each row.
 *
 * @param values (rows, cols), row-major
 */
export function rowMoments(values: Float64Array, { rows, cols }: { rows: number; cols: number }): RowMoments {
  const mean = new Float64Array(rows);
  const rowVariance = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const start = row * cols;
    const end = start + cols;
    let sum = 0;
    let absMax = 0;
    for (let i = start; i < end; i++) {
      sum += values[i];
      absMax = Math.max(absMax, Math.abs(values[i]));
    }
    if (!Number.isFinite(absMax) || cols === 0) {
      // A sum of NaN and infinities is what the norm's mean is.
      mean[row] = sum / cols;
      rowVariance[row] = NaN;
    } else if (absMax > plainMin && absMax < plainMax) {
      const roughMean = sum / cols;
      let rest = 0;
      let squares = 0;
      for (let i = start; i < end; i++) {
        const difference = values[i] - roughMean;
        rest += difference;
        squares += difference * difference;
      }
      mean[row] = roughMean + rest / cols;
      rowVariance[row] = Math.max(0, squares - (rest * rest) / cols) / cols;
    } else {
      const moments = momentsOf(values, start, end);
      mean[row] = moments.mean;
      rowVariance[row] = variance(moments);
    }
  }
  return { mean, variance: rowVariance, stats: statsOf(momentsOf(values)) };
}
