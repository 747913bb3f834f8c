import type { Geometry } from './geometry';
import type { RoundingNoise } from './roundingNoise';
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

/**
 * Fits the factor of each row by least squares, so that every eps, place and divisor is judged without another walk
 * over the elements: the residual of a factor s is residual + (s − rstd)² · energy.
 *
 * @param x, y, scale, bias (rows, cols); `scale` is what x̂ is multiplied by
 * @param noise             what rounding explains
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
  noise: RoundingNoise,
  parameters: NormParameters = {},
): RowFit[] {
  const fits: RowFit[] = [];
  const normalizer = new RowNormalizer({ ...spec, eps: 0, epsPlace: 'inside' }, cols, parameters);
  const normalized = new Float64Array(cols);
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
    let explained = 0;
    for (let c = 0; c < cols; c++) {
      const value = y[start + c];
      const shift = bias[start + c];
      const scaled = factor * scale[start + c];
      const product = scaled * normalized[c];
      residual += (value - shift - product) ** 2;
      explained += noise.squared(value, shift, product, scaled, offset);
    }
    const fit = { variance, rstd: factor / std, energy: energy * variance, residual, noise: explained };
    if (Object.values(fit).every(Number.isFinite) && energy > 0 && explained > 0) {
      fits.push(fit);
    }
  }
  return fits;
}
