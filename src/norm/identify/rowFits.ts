import type { FiniteRows } from './finiteRows';
import type { RoundingNoise } from './roundingNoise';

/** What one row of y says of the factor that its centred x was multiplied by. */
export interface RowFit {
  /** √V with divisor n, or undivided for l2_norm and scale_norm. */
  readonly std: number;
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
 * @param scale, bias (rows, cols); `scale` is what x̂ is multiplied by
 * @param noise       what rounding explains
 * @returns           one fit per row; rows where scale · c is zero throughout are left out
 */
export function rowFits(rows: FiniteRows, scale: Float64Array, bias: Float64Array, noise: RoundingNoise): RowFit[] {
  const { z, y, std, offset, geometry } = rows;
  const { cols } = geometry;
  const fits: RowFit[] = [];
  for (let row = 0; row < std.length; row++) {
    const [start, end] = [row * cols, (row + 1) * cols];
    let energy = 0;
    let products = 0;
    for (let i = start; i < end; i++) {
      const product = scale[i] * z[i];
      energy += product * product;
      products += product * (y[i] - bias[i]);
    }
    const factor = products / energy;
    let residual = 0;
    let explained = 0;
    for (let i = start; i < end; i++) {
      const scaled = factor * scale[i];
      const product = scaled * z[i];
      const error = y[i] - bias[i] - product;
      residual += error * error;
      explained += noise.squared(y[i], bias[i], product, scaled, offset[row]);
    }
    const size = std[row];
    const fit = { std: size, rstd: factor / size, energy: energy * size * size, residual, noise: explained };
    if (Object.values(fit).every(Number.isFinite) && energy > 0 && explained > 0) {
      fits.push(fit);
    }
  }
  return fits;
}
