import { ShapeError } from '../tensor/errors';
import type { Shape } from '../tensor/shape';
import { scaleOf, type Affine } from './forward';
import { requireLength, rowGeometry } from './geometry';
import type { NormSpec } from './normSpec';
import { RowGradient } from './rowGradient';

/** Gradients of the loss whose gradient by y is `gradOutput`. */
export interface Backward {
  /** (rows, cols). */
  readonly gradInput: Float64Array;
  /** (cols,), Σ over rows of dy · x̂; also for a norm without a weight: the gradient at γ = 1. */
  readonly gradWeight: Float64Array;
  /** (cols,), Σ over rows of dy; absent for an rms_norm without a bias. */
  readonly gradBias?: Float64Array;
}

/** The input gradient of one row and the three terms it is the sum of; each (cols,). */
export interface GradientParts {
  /** rstd · g with g = γ dy: what is left if mean and variance are treated as constants. */
  readonly heldConstant: Float64Array;
  /** −rstd · mean(g): the term through the mean; zeros for rms_norm. */
  readonly meanCorrection: Float64Array;
  /** −x̂ · k · Σ g x̂, with k = rstd / cols for eps inside: the term through the variance. */
  readonly varianceCorrection: Float64Array;
  /** The gradient: the sum of the three. */
  readonly full: Float64Array;
}

/**
 * Differentiates `forward`, in the centred form, which unlike PyTorch's CPU kernel does not lose digits as |mean| / std
 * grows:
 *
 *   dx = rstd · (g − mean(g)) − x̂ · k · Σ g x̂,  g = dy · (weight + weightOffset)
 *
 * with k = rstd / cols for eps inside and divisor n; rms_norm leaves mean(g) out. Where eps is outside and the variance
 * zero, k is 0, so that dx = (g − mean(g)) / eps, as through PyTorch's `std`.
 *
 * @param shape      of x and gradOutput
 * @param gradOutput dy, in C order
 * @throws           ShapeError if the spec does not fit the shape, or an array is not of the length it needs
 */
export function backward(
  spec: NormSpec,
  shape: Shape,
  x: Float64Array,
  gradOutput: Float64Array,
  affine: Affine,
): Backward {
  const { rows, cols } = rowGeometry(spec, shape);
  requireLength('x', x, rows * cols);
  requireLength('gradOutput', gradOutput, rows * cols);
  requireLength('bias', affine.bias, cols);
  const scale = scaleOf(spec, cols, affine);
  const gradInput = new Float64Array(rows * cols);
  const gradWeight = new Float64Array(cols);
  const gradBias = new Float64Array(cols);
  const rowGradient = new RowGradient(spec, scale);
  const { normalized } = rowGradient;
  for (let start = 0; start < gradInput.length; start += cols) {
    rowGradient.enter(x, gradOutput, start);
    const { rstd, meanOfG, varianceTerm } = rowGradient;
    for (let c = 0; c < cols; c++) {
      const dy = gradOutput[start + c];
      gradInput[start + c] = rstd * (dy * scale[c] - meanOfG) - varianceTerm * normalized[c];
      gradWeight[c] += dy * normalized[c];
      gradBias[c] += dy;
    }
  }
  const hasBias = spec.kind === 'layer_norm' || affine.bias !== undefined;
  return { gradInput, gradWeight, gradBias: hasBias ? gradBias : undefined };
}

/**
 * Takes the input gradient of one row apart.
 *
 * @param row which row, from 0
 * @throws    ShapeError as `backward`, or if there is no such row
 */
export function splitGradient(
  spec: NormSpec,
  shape: Shape,
  x: Float64Array,
  gradOutput: Float64Array,
  affine: Affine,
  row: number,
): GradientParts {
  const { rows, cols } = rowGeometry(spec, shape);
  requireLength('x', x, rows * cols);
  requireLength('gradOutput', gradOutput, rows * cols);
  if (!Number.isInteger(row) || row < 0 || row >= rows) {
    throw new ShapeError(`There is no row ${row}: x has ${rows} rows, counted from 0.`);
  }
  const scale = scaleOf(spec, cols, affine);
  const rowGradient = new RowGradient(spec, scale);
  rowGradient.enter(x, gradOutput, row * cols);
  const { normalized, rstd, meanOfG, varianceTerm } = rowGradient;
  const g = scale.map((gamma, c) => gradOutput[row * cols + c] * gamma);
  return {
    heldConstant: g.map((value) => rstd * value),
    meanCorrection: new Float64Array(cols).fill(spec.kind === 'layer_norm' ? -rstd * meanOfG : 0),
    varianceCorrection: normalized.map((value) => -varianceTerm * value),
    full: g.map((value, c) => rstd * (value - meanOfG) - varianceTerm * normalized[c]),
  };
}
