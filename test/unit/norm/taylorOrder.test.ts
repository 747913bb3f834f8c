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

describe('of constant rows, which have no second order,', () => {
  const taylorOrderOf = (rows: number, cols: number, value: number, seed: number) => {
    const filled = (name: string, shape: number[], fill: number) =>
      tensor(name, shape, Array<number>(shape.reduce((a, b) => a * b)).fill(fill));
    const problem = gradientProblem(
      {
        spec: defaultSpec('layer_norm'),
        x: filled('x', [rows, cols], value),
        weight: filled('weight', [cols], 1),
        ...(seed % 2 === 0 ? { gradOutput: filled('dy', [rows, cols], 1) } : {}),
      },
      seed,
    );
    const { gradInput } = backwardRows(
      problem.spec,
      problem.geometry,
      problem.x,
      problem.gradOutput,
      problem.parameters,
    );
    return taylorOrder(problem, gradInput, [...Array(rows).keys()], seed);
  };

  it.each([
    [1, 2],
    [1, 4],
    [3, 8],
    [1, 768],
  ])('is 3 or not known, never the 1 of mere rounding: %d of %d', (rows, cols) => {
    for (const value of [0, 0.5, 0.1, 1000.1]) {
      for (let seed = 0; seed < 8; seed++) {
        expect(taylorOrderOf(rows, cols, value, seed) ?? 3).toBeGreaterThan(2.5);
      }
    }
  });
});

it('is not known of an l2_norm at zero, where it is linear', () => {
  const spec = defaultSpec('l2_norm');
  const problem = gradientProblem({ spec, x: tensor('x', [2, 4], new Float64Array(8)) }, 2);
  const { gradInput } = backwardRows(spec, problem.geometry, problem.x, problem.gradOutput, problem.parameters);
  expect(taylorOrder(problem, gradInput, [0, 1], 3)).toBeUndefined();
});
