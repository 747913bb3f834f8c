import { binaryScale } from './binaryScale';
import type { GradientProblem } from './gradientProblem';
import { RowNormalizer } from './rowNormalizer';

/** About ∛2^-52 of the distance over which tanh(α x) changes: where central differences in float64 are best. */
const relativeStep = 2 ** -17;

/**
 * Central difference of the loss L = Σ gradOutput · y of a dyt by its α, float64.
 *
 * A loss is a sum over rows, so that each row may have a step of its own, in units of 1 / max|x|: with one step for all, a row
 * of large numbers would leave the others to rounding.
 */
export function alphaDifference({ spec, geometry, cols, x, gradOutput, parameters, scale }: GradientProblem): number {
  const alpha = parameters.alpha?.[0] ?? 0.5;
  const above = new Float64Array(cols);
  const below = new Float64Array(cols);
  let derivative = 0;
  for (let row = 0; row < geometry.rows; row++) {
    const start = row * cols;
    const largest = x.subarray(start, start + cols).reduce((max, value) => Math.max(max, Math.abs(value)), 0);
    const step = binaryScale(relativeStep / largest);
    const upper = alpha + step;
    const lower = alpha - step;
    if (upper === lower) {
      continue; // α x is beyond 2^35, where tanh is flat.
    }
    new RowNormalizer(spec, cols, { alpha: Float64Array.of(upper) }).normalize(x, start, above, 0);
    new RowNormalizer(spec, cols, { alpha: Float64Array.of(lower) }).normalize(x, start, below, 0);
    let difference = 0;
    for (let c = 0; c < cols; c++) {
      const feature = geometry.rowFeature[row] + geometry.colFeature[c];
      difference += gradOutput[start + c] * scale[feature] * (above[c] - below[c]);
    }
    derivative += difference / (upper - lower);
  }
  return derivative;
}
