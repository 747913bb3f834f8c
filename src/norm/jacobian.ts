import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { dot, lengthOf } from './dot';

/**
 * The Jacobian dy/dx of one row of a LayerNorm or RMSNorm with ε inside and divisor n, as a linear map:
 *
 *   J v = γ ∘ rstd · (v − mean(v) − x̂ · mean(x̂ ∘ v)),  without mean(v) for RMSNorm
 *
 * (numerics §3; closed form and autograd agree to 6e-16.)
 */
export interface RowJacobian {
  /** x̂ of the row, (cols,). */
  readonly normalized: Float64Array;
  readonly rstd: number;
  /** γ as applied, (cols,). */
  readonly scale: Float64Array;
  /** Whether the mean is taken off: LayerNorm. */
  readonly centred: boolean;
}

/** J v. */
export function applyJacobian({ normalized, rstd, scale, centred }: RowJacobian, v: Float64Array): Float64Array {
  const mean = centred ? meanOf(v) : 0;
  const along = meanOf(v.map((value, c) => value * normalized[c]));
  return v.map((value, c) => scale[c] * rstd * (value - mean - normalized[c] * along));
}

/** Jᵀ w, which is what a backward pass computes. */
export function applyTransposed({ normalized, rstd, scale, centred }: RowJacobian, w: Float64Array): Float64Array {
  const g = w.map((value, c) => value * scale[c]);
  const mean = centred ? meanOf(g) : 0;
  const along = meanOf(g.map((value, c) => value * normalized[c]));
  return g.map((value, c) => rstd * (value - mean - normalized[c] * along));
}

/**
 * The spectral norm ‖J‖₂ by power iteration on Jᵀ J.
 *
 * @returns the estimate once it changes by less than 1e-10 of itself, or after 500 steps; never above the true value
 */
export function spectralNorm(jacobian: RowJacobian): number {
  // A start with no symmetry, so that it is not orthogonal to the direction that is looked for.
  let v: Float64Array = jacobian.normalized.map((value, c) => Math.sin(1.7 * c + 1) + 0.1 * value);
  let estimate = 0;
  for (let step = 0; step < 500; step++) {
    const norm = lengthOf(v);
    if (norm === 0) {
      return 0;
    }
    v = v.map((value) => value / norm);
    const image = applyJacobian(jacobian, v);
    const next = lengthOf(image);
    if (Math.abs(next - estimate) <= 1e-10 * next) {
      return next;
    }
    estimate = next;
    v = applyTransposed(jacobian, image);
  }
  return estimate;
}

/** All singular values of J, largest first, from the eigenvalues of J Jᵀ; (cols,). Takes time as cols³. */
export function singularValues(jacobian: RowJacobian): Float64Array {
  const cols = jacobian.normalized.length;
  const unit = new Float64Array(cols);
  const columns = Array.from({ length: cols }, (_, c) => {
    unit.fill(0);
    unit[c] = 1;
    return applyJacobian(jacobian, unit);
  });
  const product = Matrix.zeros(cols, cols);
  for (let a = 0; a < cols; a++) {
    for (let b = 0; b <= a; b++) {
      const value = dot(columns[a], columns[b]);
      product.set(a, b, value);
      product.set(b, a, value);
    }
  }
  const { realEigenvalues } = new EigenvalueDecomposition(product, { assumeSymmetric: true });
  return Float64Array.from(realEigenvalues, (value) => Math.sqrt(Math.max(0, value)))
    .sort()
    .reverse();
}

/**
 * The singular values of J for γ = 1 in closed form, largest first: rstd in all directions but the ones that the norm
 * takes off; ε · rstd³ along the (centred) row; 0 along (1, …, 1) for LayerNorm.
 */
export function closedSingularValues(cols: number, rstd: number, eps: number, centred: boolean): Float64Array {
  const along = eps * rstd ** 3;
  const values = new Float64Array(cols).fill(rstd);
  values[cols - (centred ? 2 : 1)] = along;
  if (centred) {
    values[cols - 1] = 0;
  }
  return values;
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
