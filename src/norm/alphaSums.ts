import { Sum, type AffineSum } from './affineSums';
import type { Geometry } from './geometry';
import type { NormSpec } from './normSpec';
import type { NormParameters } from './parameters';
import { RowGradient } from './rowGradient';

/**
 * Sums the gradient of the α of a dyt in every way that is tried, as `affineSums` does those of weight and bias: the right one,
 * first, those with a factor left out or in the place of another, and the mean. A constant that is fitted would explain any single number.
 *
 * @param x, gradOutput (rows, cols)
 * @returns             of one value each, in units of its terms before tanh flattens them: Σ |γ dy x| of the right one
 * @throws              ShapeError if a parameter does not fit
 */
export function alphaSums(
  spec: NormSpec,
  geometry: Geometry,
  x: Float64Array,
  gradOutput: Float64Array,
  parameters: NormParameters,
): AffineSum[] {
  const { rows, cols } = geometry;
  const row = new RowGradient(spec, geometry, parameters);
  const right = new Sum('full', 'the right sum, of γ dy x (1 − x̂²) over all elements', 1);
  const unweighted = new Sum('no-weight', 'the sum of dy x (1 − x̂²): the weight γ is left out', 1);
  const straight = new Sum('unknown', 'the sum of γ dy x: the slope of tanh, 1 − x̂², is left out', 1);
  const outer = new Sum('unknown', 'the sum of γ dy (1 − x̂²): the factor x, which multiplies α, is left out', 1);
  const ofInput = new Sum('unknown', 'the sum of γ dy α (1 − x̂²), which is dx: α stands in place of x', 1);
  let isScaled = false;
  for (let r = 0, i = 0; r < rows; r++) {
    row.enter(x, gradOutput, r);
    for (let c = 0; c < cols; c++, i++) {
      const dy = gradOutput[i];
      const scaled = dy * row.scale[c];
      const g = row.g[c];
      isScaled ||= scaled !== dy;
      right.add(0, g * x[i], Math.abs(scaled * x[i]));
      unweighted.add(0, dy * x[i] * (1 - row.normalized[c] ** 2), Math.abs(dy * x[i]));
      straight.add(0, scaled * x[i], Math.abs(scaled * x[i]));
      outer.add(0, g, Math.abs(scaled));
      ofInput.add(0, g * row.rstd, Math.abs(scaled * row.rstd));
    }
  }
  const mean: AffineSum = {
    kind: 'unknown',
    words: 'the mean over all elements in place of the sum',
    value: right.value.map((sum) => sum / (rows * cols)),
    scale: right.scale.map((sum) => sum / (rows * cols)),
  };
  return [right, ...(isScaled ? [unweighted] : []), straight, outer, ofInput, ...(rows * cols > 1 ? [mean] : [])];
}
