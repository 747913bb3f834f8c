import { binaryScale } from './binaryScale';
import type { GradientProblem } from './gradientProblem';
import { RowNormalizer } from './rowNormalizer';

/** Rows whose numbers are spaced wider than this, over the same length, leave no room for a step. */
const coarsestSpacing = 1e-8;

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
    const { spec, cols, parameters } = problem;
    this.relativeStep = Math.cbrt(2 ** -52 * Math.sqrt(cols));
    this.normalizer = new RowNormalizer(spec, cols, parameters);
    this.probe = new Float64Array(cols);
    this.above = new Float64Array(cols);
    this.below = new Float64Array(cols);
  }

  /**
   * Turns to a row; `derivative` is then of its elements.
   *
   * @returns step, rstd and curvature length of the row; undefined if float64 has no room for a step there
   */
  enter(row: number): { step: number; rstd: number; curvatureLength: number } | undefined {
    const { x, cols, geometry } = this.problem;
    this.normalizer.turnTo(geometry.rowFeature[row]);
    this.probe.set(x.subarray(row * cols, (row + 1) * cols));
    this.normalizer.normalize(this.probe, 0, this.above, 0);
    const { curvatureLength, rstd } = this.normalizer;
    const absMax = this.probe.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
    const step = binaryScale(this.relativeStep * curvatureLength);
    const hasRoom = absMax * 2 ** -52 <= coarsestSpacing * curvatureLength && absMax + step < Infinity;
    return hasRoom ? { step, rstd, curvatureLength } : undefined;
  }

  /** ∂L/∂x of one element of the row entered. */
  derivative(row: number, column: number, step: number): number {
    const { gradOutput, scale, cols, geometry } = this.problem;
    const first = geometry.rowFeature[row];
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
      difference += gradOutput[row * cols + c] * scale[first + geometry.colFeature[c]] * (above[c] - below[c]);
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
 * Central differences of the loss L = Σ gradOutput · y by every element of weight or bias, float64. As a value of y
 * depends on one element of each alone, all are stepped at once. The loss is linear in them: the step may be as large as the
 * parameters, and rounding is all that the difference is off by. The other parameter cancels from the difference and is left
 * out, since it would round it.
 *
 * @returns derivative and scale, (features,); scale is Σ over rows of |dy x̂| for weight, of |dy| for bias
 */
export function affineDifferences(problem: GradientProblem, by: 'weight' | 'bias'): AffineDifferences {
  const { spec, geometry, cols, x, gradOutput, parameters, scale: factors } = problem;
  const parameter = parameters[by] ?? new Float64Array(factors.length);
  const step = parameter.map((value) => binaryScale(Math.max(1, Math.abs(value))));
  const upper = parameter.map((value, feature) => value + step[feature]);
  const lower = parameter.map((value, feature) => value - step[feature]);
  const derivative = new Float64Array(parameter.length);
  const scale = new Float64Array(parameter.length);
  const normalizer = new RowNormalizer(spec, cols, parameters);
  const normalized = new Float64Array(cols);
  const offset = by === 'weight' ? spec.weightOffset : 0;
  for (let row = 0, i = 0; row < geometry.rows; row++) {
    const first = geometry.rowFeature[row];
    normalizer.turnTo(first);
    normalizer.normalize(x, row * cols, normalized, 0);
    for (let c = 0; c < cols; c++, i++) {
      const feature = first + geometry.colFeature[c];
      const factor = by === 'weight' ? normalized[c] : 1;
      const above = (upper[feature] + offset) * factor;
      const below = (lower[feature] + offset) * factor;
      const term = (gradOutput[i] * (above - below)) / (upper[feature] - lower[feature]);
      derivative[feature] += term;
      scale[feature] += Math.abs(term);
    }
  }
  return { derivative, scale };
}
