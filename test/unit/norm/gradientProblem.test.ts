import { describe, expect, it } from 'vitest';
import { gradientProblem } from '../../../src/norm/gradientProblem';
import { defaultSpec } from '../../../src/norm/normSpec';
import { ShapeError } from '../../../src/tensor/errors';
import { randomTensor, tensor } from './tensors';

const spec = defaultSpec('layer_norm');

describe('gradientProblem', () => {
  it('fills in gradOutput, weight and bias by seed', () => {
    const x = randomTensor('x', [3, 4], 1);
    const problem = gradientProblem({ spec, x }, 5);
    expect(problem).toMatchObject({ gradOutputSource: 'random', weightSource: 'random', rowCount: 3, cols: 4 });
    expect(problem.parameters.bias).toHaveLength(4);
    expect(gradientProblem({ spec, x }, 5)).toEqual(problem);
    expect(gradientProblem({ spec, x }, 6).gradOutput).not.toEqual(problem.gradOutput);
    expect(gradientProblem({ spec: defaultSpec('rms_norm'), x }, 5).parameters.bias).toBeUndefined();
  });

  it('takes what is given', () => {
    const weight = randomTensor('w', [4], 2);
    const gradOutput = randomTensor('dy', [3, 4], 3);
    const problem = gradientProblem({ spec, x: randomTensor('x', [3, 4], 1), weight, gradOutput }, 5);
    expect(problem).toMatchObject({ gradOutputSource: 'given', weightSource: 'given' });
    expect(problem.gradOutput).toBe(gradOutput.values);
    expect(problem.scale).toEqual(weight.values);
  });

  it('drops rows without a gradient and keeps the numbers of the others', () => {
    const x = tensor('x', [5, 2], [1, NaN, 1, 2, 3, 3, Infinity, 1, 4, 5]);
    const gradOutput = tensor('dy', [5, 2], [1, 1, 1, NaN, 1, 1, 1, 1, 6, 7]);
    const problem = gradientProblem({ spec: { ...spec, eps: 0 }, x, gradOutput }, 1);
    expect(problem.skipped).toEqual({ nonFinite: 3, notDifferentiable: 1, beyondPrecision: 0 });
    expect(Array.from(problem.rowNumbers)).toEqual([4]);
    expect(problem).toMatchObject({ geometry: { rows: 1, cols: 2 }, rowCount: 5 });
    expect([Array.from(problem.x), Array.from(problem.gradOutput)]).toEqual([
      [4, 5],
      [6, 7],
    ]);
  });

  it.each([
    [[0, 4], [], 'x is empty, so there is no gradient to check.'],
    [[2, 0], [], 'x is empty, so there is no gradient to check.'],
    [
      [2, 2],
      [NaN, 1, 3, 3],
      'None of the 2 rows of x has a gradient to check: 1 hold NaN or Inf in x or gradOutput, 1 have no finite rstd or are at a kink, as constant rows with eps 0.',
    ],
  ])('says why nothing can be checked in %j', (shape, values, message) => {
    const run = () => gradientProblem({ spec: { ...spec, eps: 0 }, x: tensor('x', shape, values) }, 1);
    expect(run).toThrow(ShapeError);
    expect(run).toThrow(message);
  });
});
