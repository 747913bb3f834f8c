import { ShapeError } from '../tensor/errors';
import type { Shape } from '../tensor/shape';
import { requireParameters } from './forward';
import { requireLength, rowGeometry, type Geometry } from './geometry';
import { usuallyBiased, type NormSpec } from './normSpec';
import { featureCount, type NormParameters } from './parameters';
import { RowGradient } from './rowGradient';
import { inCOrder, inRowOrder } from './rowOrder';

/** Gradients of the loss whose gradient by y is `gradOutput`. */
export interface Backward {
  /** In C order, of the shape of x. */
  readonly gradInput: Float64Array;
  /** (features,), Σ of dy · x̂; also for a norm without a weight: the gradient at γ = 1. */
  readonly gradWeight: Float64Array;
  /** (features,), Σ of dy; absent for a norm that usually has no bias and is given none. */
  readonly gradBias?: Float64Array;
  /** (1,), Σ of γ dy x (1 − x̂²); dyt only. */
  readonly gradAlpha?: Float64Array;
}

/** The input gradient of one row and the three terms it is the sum of; each (cols,). */
export interface GradientParts {
  /** rstd · g with g = γ dy: what is left if mean and variance are treated as constants. */
  readonly heldConstant: Float64Array;
  /** −rstd · mean(g): the term through the mean; zeros where none is subtracted. */
  readonly meanCorrection: Float64Array;
  /** −s · k · Σ g x̂, s = x̂ but where D is of other values, with k = rstd / cols for eps inside: the term through the variance. */
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
 * with k = rstd / cols for eps inside and divisor n; where no mean is subtracted mean(g) is left out; where D is of other values than
 * are divided by it the second x̂ is that of `RowGradient.spread`; with running statistics
 * dx = rstd · g. Where eps is outside and the variance zero, k is 0, so that dx = (g − mean(g)) / eps, as through
 * PyTorch's `std`; where a clamp holds, likewise. dyt: dx = α g (1 − x̂²).
 *
 * @param shape      of x and gradOutput
 * @param gradOutput dy, in C order
 * @throws           ShapeError as `forward`
 */
export function backward(
  spec: NormSpec,
  shape: Shape,
  x: Float64Array,
  gradOutput: Float64Array,
  parameters: NormParameters,
): Backward {
  const geometry = rowGeometry(spec, shape);
  requireLength('x', x, geometry.rows * geometry.cols);
  requireLength('gradOutput', gradOutput, x.length);
  const rows = backwardRows(spec, geometry, inRowOrder(geometry, x), inRowOrder(geometry, gradOutput), parameters);
  return { ...rows, gradInput: inCOrder(geometry, rows.gradInput) };
}

/** `backward` of x and gradOutput that lie row by row, (rows, cols); so does gradInput. */
export function backwardRows(
  spec: NormSpec,
  geometry: Geometry,
  x: Float64Array,
  gradOutput: Float64Array,
  parameters: NormParameters,
): Backward {
  requireParameters(spec, geometry, parameters);
  const { rows, cols, rowFeature, colFeature } = geometry;
  const gradInput = new Float64Array(rows * cols);
  const gradWeight = new Float64Array(featureCount(geometry));
  const gradBias = new Float64Array(gradWeight.length);
  let gradAlpha = 0;
  const rowGradient = new RowGradient(spec, geometry, parameters);
  const { normalized, g } = rowGradient;
  for (let row = 0, i = 0; row < rows; row++) {
    rowGradient.enter(x, gradOutput, row);
    const first = rowFeature[row];
    for (let c = 0; c < cols; c++, i++) {
      const feature = first + colFeature[c];
      gradInput[i] = rowGradient.gradInput(c);
      gradWeight[feature] += gradOutput[i] * normalized[c];
      gradBias[feature] += gradOutput[i];
      gradAlpha += g[c] * x[i];
    }
  }
  const hasBias = usuallyBiased(spec.kind) || parameters.bias !== undefined;
  return {
    gradInput,
    gradWeight,
    gradBias: hasBias ? gradBias : undefined,
    gradAlpha: spec.kind === 'dyt' ? Float64Array.of(gradAlpha) : undefined,
  };
}

/**
 * Takes the input gradient of one row apart.
 *
 * @param x, gradOutput (rows, cols)
 * @param row           which row, from 0
 * @throws              ShapeError if an array is not of the length it needs, or there is no such row
 */
export function splitGradient(
  spec: NormSpec,
  geometry: Geometry,
  x: Float64Array,
  gradOutput: Float64Array,
  parameters: NormParameters,
  row: number,
): GradientParts {
  const { rows, cols } = geometry;
  requireLength('x', x, rows * cols);
  requireLength('gradOutput', gradOutput, rows * cols);
  if (!Number.isInteger(row) || row < 0 || row >= rows) {
    throw new ShapeError(`There is no row ${row}: x has ${rows} rows, counted from 0.`);
  }
  const rowGradient = new RowGradient(spec, geometry, parameters);
  rowGradient.enter(x, gradOutput, row);
  const { g, rstd, meanOfG, varianceTerm, centred, spread } = rowGradient;
  return {
    heldConstant: g.map((value) => rstd * value),
    meanCorrection: new Float64Array(cols).fill(centred ? -rstd * meanOfG : 0),
    varianceCorrection: spread.map((value) => -varianceTerm * value),
    full: g.map((_, c) => rowGradient.gradInput(c)),
  };
}
