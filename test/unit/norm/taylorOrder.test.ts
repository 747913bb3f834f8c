import { describe, expect, it } from 'vitest';
import { backwardRows, splitGradient } from '../../../src/norm/backward';
import { gradientProblem } from '../../../src/norm/gradientProblem';
import { defaultSpec } from '../../../src/norm/normSpec';
import { taylorOrder } from '../../../src/norm/taylorOrder';
import { randomTensor, tensor } from './tensors';

describe.each(['layer_norm', 'rms_norm'] as const)('%s', (kind) => {
  const spec = defaultSpec(kind);

  it.each([
    [1, 5],
    [4, 64],
    [3, 768],
  ])('is 2 for the right gradient, %d rows of %d', (rows, cols) => {
    const problem = gradientProblem({ spec, x: randomTensor('x', [rows, cols], 1) }, 2);
    const { gradInput } = backwardRows(spec, problem.geometry, problem.x, problem.gradOutput, problem.parameters);
    expect(taylorOrder(problem, gradInput, [...Array(rows).keys()], 3)).toBeCloseTo(2, 1);
  });

  it('is near 1 for the gradient with the statistics held constant', () => {
    const problem = gradientProblem({ spec, x: randomTensor('x', [1, 64], 1) }, 2);
    const { geometry, x, gradOutput, parameters } = problem;
    const { heldConstant } = splitGradient(spec, geometry, x, gradOutput, parameters, 0);
    expect(taylorOrder(problem, heldConstant, [0], 3)).toBeLessThan(1.2);
  });

  it('is near 1 for a gradient with one element off by one percent', () => {
    const problem = gradientProblem({ spec, x: randomTensor('x', [1, 16], 1) }, 2);
    const { gradInput } = backwardRows(spec, problem.geometry, problem.x, problem.gradOutput, problem.parameters);
    gradInput[5] *= 1.01;
    expect(taylorOrder(problem, gradInput, [0], 3)).toBeLessThan(1.3);
  });
});

it('is 2 for rows of every size together', () => {
  const values = [1, 2, 4, 1e-9, 3e-9, -1e-9, 1e12, 3e12, -5e12];
  const spec = { ...defaultSpec('layer_norm'), eps: 1e-30 };
  const problem = gradientProblem({ spec, x: tensor('x', [3, 3], values) }, 2);
  const { gradInput } = backwardRows(spec, problem.geometry, problem.x, problem.gradOutput, problem.parameters);
  expect(taylorOrder(problem, gradInput, [0, 1, 2], 3)).toBeCloseTo(2, 1);
});

it('is not known where the loss does not curve: two values with eps 0', () => {
  const spec = { ...defaultSpec('layer_norm'), eps: 0 };
  const problem = gradientProblem({ spec, x: tensor('x', [1, 2], [3, 8]) }, 2);
  expect(taylorOrder(problem, new Float64Array(2), [0], 3)).toBeUndefined();
});
