import type { Geometry } from './geometry';
import type { Precision } from './precision';
import { RowNormalizer } from './rowNormalizer';
import type { NormSpec } from './normSpec';
import type { NormParameters } from './parameters';

/** What one row of y says of the factor that its centred x was multiplied by. */
export interface RowFit {
  /** V of `RowNormalizer` with divisor n: Σ c² / cols, or undivided for l2_norm and scale_norm. */
  readonly variance: number;
  /** The factor r that brings r · scale · c nearest to y − bias. */
  readonly rstd: number;
  /** Σ (scale · c)²: by how much the residual grows with the square of an error in r. */
  readonly energy: number;
  /** Σ (y − bias − r · scale · c)² at that r: what no factor explains. */
  readonly residual: number;
  /** The sum of squares that rounding explains. */
  readonly noise: number;
}

/** Float32 is the coarsest that a careful kernel takes statistics in; the finest is what sums in float64 reach. */
export const statisticsUnit = ({ unit }: Precision) => Math.max(Math.min(unit, 2 ** -24), 2 ** -50);

/**
 * Fits the factor of each row by least squares, so that every eps, place and divisor is judged without another walk
 * over the elements: the residual of a factor s is residual + (s − rstd)² · energy.
 *
 * Rounding is taken as u |y| from the format of y and u (2 + |mean| · rstd) · |scale| · (1 + |x̂|) from the statistics.
 *
 * @param x, y, scale, bias (rows, cols); `scale` is what x̂ is multiplied by
 * @param precision         of y
 * @param parameters        where the norm holds running statistics
 * @returns                 one fit per row; rows with NaN or Inf, or where scale · c is zero throughout, are left out
 */
export function rowFits(
  spec: NormSpec,
  { rows, cols, rowFeature }: Geometry,
  x: Float64Array,
  y: Float64Array,
  scale: Float64Array,
  bias: Float64Array,
  precision: Precision,
  parameters: NormParameters = {},
): RowFit[] {
  const fits: RowFit[] = [];
  const normalizer = new RowNormalizer({ ...spec, eps: 0, epsPlace: 'inside' }, cols, parameters);
  const normalized = new Float64Array(cols);
  const unit = statisticsUnit(precision);
  for (let row = 0, start = 0; row < rows; row++, start += cols) {
    normalizer.turnTo(rowFeature[row]);
    normalizer.normalize(x, start, normalized, 0);
    const { variance, mean } = normalizer;
    const std = Math.sqrt(variance);
    const offset = 2 + Math.abs(mean) / std;
    let energy = 0;
    let product = 0;
    for (let c = 0; c < cols; c++) {
      const z = scale[start + c] * normalized[c];
      energy += z * z;
      product += z * (y[start + c] - bias[start + c]);
    }
    const factor = product / energy;
    let residual = 0;
    let noise = 0;
    for (let c = 0; c < cols; c++) {
      const value = y[start + c];
      residual += (value - bias[start + c] - factor * scale[start + c] * normalized[c]) ** 2;
      const roundoff = unit * offset * Math.abs(factor * scale[start + c]) * (1 + Math.abs(normalized[c]));
      noise += (precision.unit * value) ** 2 + precision.quantum ** 2 + roundoff ** 2;
    }
    const fit = { variance, rstd: factor / std, energy: energy * variance, residual, noise };
    if (Object.values(fit).every(Number.isFinite) && energy > 0 && noise > 0) {
      fits.push(fit);
    }
  }
  return fits;
}
