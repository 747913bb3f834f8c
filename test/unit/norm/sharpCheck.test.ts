import { expect, it } from 'vitest';
import { backwardRows } from '../../../src/norm/backward';
import { InputDifferences } from '../../../src/norm/centralDifferences';
import { checkGradients } from '../../../src/norm/gradientCheck';
import { gradientProblem } from '../../../src/norm/gradientProblem';
import { defaultSpec } from '../../../src/norm/normSpec';
import { sharpCheck } from '../../../src/norm/sharpCheck';
import { randomTensor } from './tensors';

const x = randomTensor('x', [16, 32], 1);
const gradOutput = randomTensor('dy', [16, 32], 2);

it.each([
  ['complex step', 'inside', 1e-13],
  ['Richardson', 'outside', 1e-10],
] as const)(
  'tells a gradient off by 1e-9 by %s, which the limit of central differences passes',
  (method, epsPlace, own) => {
    const spec = { ...defaultSpec('layer_norm'), epsPlace };
    const problem = gradientProblem({ spec, x, gradOutput }, 0);
    const { geometry, cols, parameters } = problem;
    const { gradInput } = backwardRows(spec, geometry, problem.x, problem.gradOutput, parameters);
    const differences = new InputDifferences(problem);
    const element = { row: 3, column: 5, scale: differences.enter(3)!.rstd };
    const position = element.row * cols + element.column;
    const check = () => sharpCheck(problem, gradInput, differences, [element]);

    expect(check()).toMatchObject({ method });
    expect(check().error).toBeLessThan(own);

    gradInput[position] += 1e-9 * element.scale;
    const { step } = differences.enter(element.row)!;
    const central = Math.abs(differences.derivative(element.row, element.column, step) - gradInput[position]);
    expect(central / element.scale).toBeLessThan(1e-7);
    expect(check().error).toBeCloseTo(1e-9, own === 1e-13 ? 12 : 10);
  },
);

it('stands beside the verdict on the engine’s dx, and on no other gradient', () => {
  const inside = checkGradients({ spec: defaultSpec('layer_norm'), x, gradOutput });
  expect(inside.gradients[0].sharp?.method).toBe('complex step');
  expect(inside.gradients[0].sharp?.error).toBeLessThan(1e-13);
  expect(inside.gradients.slice(1).map(({ sharp }) => sharp)).toEqual([undefined, undefined]);
  const squashed = checkGradients({ spec: defaultSpec('dyt'), x, gradOutput });
  expect(squashed.gradients[0].sharp?.method).toBe('Richardson');
  expect(squashed.gradients[0].sharp?.error).toBeLessThan(1e-10);
});
