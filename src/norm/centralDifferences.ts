import { binaryScale } from './binaryScale';
import { forward } from './forward';
import type { GradientProblem } from './gradientProblem';
import { RowNormalizer } from './rowNormalizer';

/** Rows whose numbers are spaced wider than this, over the same length, leave no room for a step. */
const coarsestSpacing = 1e-8;
/** Values in one call of `forward` for weight and bias, so that memory does not grow with x. */
const blockValues = 1 << 16;

/**
 * Central differences of the loss L = Σ gradOutput · y by single elements of x, float64.
 *
 * The step is ∛(2^-52 · √cols), where truncation and the rounding of the row's sums balance, times the row's curvature
 * length (its standard deviation, or √eps if larger). A step that follows |x| instead, as common checkers take it,
 * fails right gradients of rows with a small or a large spread. It is a power of two, so that x ± h are exact. The loss
 * is summed after subtracting y of x − h from y of x + h element by element, and without bias, which cancels: both
 * spare digits.
 */
export class InputDifferences {
  private readonly normalizer: RowNormalizer;
  private readonly probe: Float64Array;
  private readonly above: Float64Array;
  private readonly below: Float64Array;
  private readonly relativeStep: number;

  constructor(private readonly problem: GradientProblem) {
    const { spec, cols } = problem;
    this.relativeStep = Math.cbrt(2 ** -52 * Math.sqrt(cols));
    this.normalizer = new RowNormalizer(spec, cols);
    this.probe = new Float64Array(cols);
    this.above = new Float64Array(cols);
    this.below = new Float64Array(cols);
  }

  /**
   * Turns to a row; `derivative` is then of its elements.
   *
   * @returns the step and rstd of the row; undefined if float64 has no room for a step there
   */
  enter(row: number): { step: number; rstd: number } | undefined {
    const { x, cols } = this.problem;
    this.probe.set(x.subarray(row * cols, (row + 1) * cols));
    this.normalizer.normalize(this.probe, 0, this.above, 0);
    const { curvatureLength, rstd } = this.normalizer;
    const absMax = this.probe.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
    const step = binaryScale(this.relativeStep * curvatureLength);
    const hasRoom = absMax * 2 ** -52 <= coarsestSpacing * curvatureLength && absMax + step < Infinity;
    return hasRoom ? { step, rstd } : undefined;
  }

  /** ∂L/∂x of one element of the row entered. */
  derivative(row: number, column: number, step: number): number {
    const { gradOutput, scale, cols } = this.problem;
    const { probe, above, below, normalizer } = this;
    const value = probe[column];
    const upper = value + step;
    const lower = value - step;
    probe[column] = upper;
    normalizer.normalize(probe, 0, above, 0);
    probe[column] = lower;
    normalizer.normalize(probe, 0, below, 0);
    probe[column] = value;
    let difference = 0;
    for (let c = 0; c < cols; c++) {
      difference += gradOutput[row * cols + c] * scale[c] * (above[c] - below[c]);
    }
    return difference / (upper - lower);
  }
}

/** Differences of the loss by every element of weight or bias, and the scale Σ |term| of each. */
export interface AffineDifferences {
  readonly derivative: Float64Array;
  readonly scale: Float64Array;
}

/**
 * Central differences of the loss L = Σ gradOutput · y by every element of weight or bias, float64. As y in one column
 * depends on that column's weight and bias alone, all columns are stepped at once. The loss is linear in them: the step
 * may be as large as the parameters, and rounding is all that the difference is off by. The other parameter cancels from
 * the difference and is left out, since it would round it.
 *
 * @returns derivative and scale, (cols,); scale is Σ over rows of |dy x̂| for weight, of |dy| for bias
 */
export function affineDifferences(problem: GradientProblem, by: 'weight' | 'bias'): AffineDifferences {
  const { spec, shape, cols, x, gradOutput, affine } = problem;
  const parameter = affine[by] ?? new Float64Array(cols);
  const step = parameter.map((value) => binaryScale(Math.max(1, Math.abs(value))));
  const upper = parameter.map((value, c) => value + step[c]);
  const lower = parameter.map((value, c) => value - step[c]);
  const derivative = new Float64Array(cols);
  const scale = new Float64Array(cols);
  const rowsAtOnce = Math.max(1, Math.floor(blockValues / cols));
  for (let first = 0; first < shape[0]; first += rowsAtOnce) {
    const last = Math.min(shape[0], first + rowsAtOnce);
    const block = x.subarray(first * cols, last * cols);
    const blockShape = [last - first, ...shape.slice(1)];
    const above = forward(spec, blockShape, block, { [by]: upper }).y;
    const below = forward(spec, blockShape, block, { [by]: lower }).y;
    for (let i = 0; i < block.length; i++) {
      const c = i % cols;
      const term = (gradOutput[first * cols + i] * (above[i] - below[i])) / (upper[c] - lower[c]);
      derivative[c] += term;
      scale[c] += Math.abs(term);
    }
  }
  return { derivative, scale };
}
