import { geometryOf, rowGeometry } from '../../../src/norm/geometry';
import { gradientProblem, type GradientProblem } from '../../../src/norm/gradientProblem';
import { inRowOrder } from '../../../src/norm/rowOrder';
import { loadNormFixture, plainCases } from './normFixtures';
import { tensor } from './tensors';

/** Names of the recorded cases in float64, whose dx is right to its roundoff. */
export const float64Cases = plainCases.filter((name) => !name.includes('float'));

/** A recorded case as a gradient problem, with autograd's dx in the order of its rows. */
export async function recordedProblem(name: string): Promise<{ problem: GradientProblem; gradInput: Float64Array }> {
  const { spec, shape, parameters, array } = await loadNormFixture(name);
  const x = tensor('x', shape, array('x'));
  const features = rowGeometry(spec, shape).affineShape;
  const optional = (role: keyof typeof parameters) => {
    const values = parameters[role];
    return values && tensor(role, features, values);
  };
  const normCase = {
    spec,
    x,
    gradOutput: tensor('dy', shape, array('dy')),
    weight: optional('weight'),
    bias: optional('bias'),
    runningMean: optional('runningMean'),
    runningVar: optional('runningVar'),
  };
  const problem = gradientProblem(normCase, 0);
  // A problem draws a weight where there is none; autograd went without.
  const isDrawn = problem.weightSource === 'random';
  return {
    problem: isDrawn ? { ...problem, scale: problem.scale.map(() => 1) } : problem,
    gradInput: inRowOrder(geometryOf(normCase), array('dx')),
  };
}

/** Largest error of a derivative over every element of a problem, in units of rstd · max|γ dy| of the row. */
export function largestError(
  { cols, geometry, gradOutput, scale }: GradientProblem,
  gradInput: Float64Array,
  rstdOf: (row: number) => number,
  derivative: (row: number, column: number) => number,
): number {
  let largest = 0;
  for (let row = 0; row < geometry.rows; row++) {
    const columns = [...Array(cols).keys()];
    const first = geometry.rowFeature[row];
    const g = columns.map((c) => Math.abs(gradOutput[row * cols + c] * scale[first + geometry.colFeature[c]]));
    const unit = rstdOf(row) * Math.max(...g);
    for (const c of columns) {
      const error = Math.abs(derivative(row, c) - gradInput[row * cols + c]) / unit;
      // NaN must not pass.
      largest = error <= largest ? largest : error;
    }
  }
  return largest;
}
