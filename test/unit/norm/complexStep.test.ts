import { describe, expect, it } from 'vitest';
import { splitGradient } from '../../../src/norm/backward';
import { ComplexStep } from '../../../src/norm/complexStep';
import { gradientProblem } from '../../../src/norm/gradientProblem';
import { defaultSpec, type NormKind } from '../../../src/norm/normSpec';
import { Random } from '../../../src/norm/random';
import { RowNormalizer } from '../../../src/norm/rowNormalizer';
import { float64Cases, largestError, recordedProblem } from './sharpFixtures';
import { randomTensor, tensor } from './tensors';

type Problem = ReturnType<typeof gradientProblem>;

/** Largest error of complex steps against a gradient. */
function errorOf(problem: Problem, gradInput: Float64Array): number {
  const complexStep = new ComplexStep(problem);
  const normalizer = new RowNormalizer(problem.spec, problem.cols, problem.parameters);
  const rstdOf = (row: number) => {
    normalizer.normalize(problem.x, row * problem.cols, new Float64Array(problem.cols), 0);
    return normalizer.rstd;
  };
  return largestError(problem, gradInput, rstdOf, (row, column) => complexStep.derivative(row, column));
}

const analyticCases = float64Cases.filter(
  (name) => !name.startsWith('batch_norm_eval') && (!name.startsWith('l2_norm') || name.includes('inside')),
);

describe('ComplexStep', () => {
  it.each(analyticCases)('%s: within 1e-13 of autograd in every element', async (name) => {
    const { problem, gradInput } = await recordedProblem(name);
    expect(new ComplexStep(problem).applies).toBe(true);
    expect(errorOf(problem, gradInput)).toBeLessThan(1e-13);
  });

  it.each<NormKind>(['layer_norm', 'rms_norm'])('does so at any scale and far from zero: %s', (kind) => {
    for (const [spread, offset] of [
      [1e-9, 0],
      [1e-300, 0],
      [1e300, 0],
      [1, 1e6],
    ]) {
      for (const divisor of ['n', 'n-1'] as const) {
        const values = new Random(3).normals(40).map((value) => (value + offset) * spread);
        const spec = { ...defaultSpec(kind), eps: 0, divisor };
        const problem = gradientProblem({ spec, x: tensor('x', [1, 40], values) }, 1);
        const { geometry, x, gradOutput, parameters } = problem;
        const { full } = splitGradient(spec, geometry, x, gradOutput, parameters, 0);
        expect(errorOf(problem, full), `${spread} ${offset} ${divisor}`).toBeLessThan(1e-13);
      }
    }
  });

  it('sees a missing correction in full', () => {
    const spec = defaultSpec('layer_norm');
    const problem = gradientProblem({ spec, x: randomTensor('x', [1, 64], 1) }, 1);
    const { geometry, x, gradOutput, parameters } = problem;
    const { heldConstant, meanCorrection } = splitGradient(spec, geometry, x, gradOutput, parameters, 0);
    const withoutVariance = heldConstant.map((value, c) => value + meanCorrection[c]);
    expect(errorOf(problem, withoutVariance)).toBeGreaterThan(1e-3);
  });

  it.each([
    ['eps outside the root', { epsPlace: 'outside' as const }],
    ['eps that clamps', { epsPlace: 'clamp' as const }],
    ['dyt', { kind: 'dyt' as const }],
  ])('does not apply to %s', (_, change) => {
    const spec = { ...defaultSpec('layer_norm'), ...change };
    const problem = gradientProblem({ spec, x: randomTensor('x', [2, 8], 1) }, 1);
    expect(new ComplexStep(problem).applies).toBe(false);
  });

  it('does not apply to running statistics', async () => {
    const { problem } = await recordedProblem('batch_norm_eval_2d');
    expect(new ComplexStep(problem).applies).toBe(false);
  });
});
