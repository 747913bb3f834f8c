import { describe, expect, it } from 'vitest';
import { backwardRows, splitGradient } from '../../../src/norm/backward';
import { directionalChecks } from '../../../src/norm/directionalCheck';
import { checkGradients } from '../../../src/norm/gradientCheck';
import { gradientProblem, type GradientProblem } from '../../../src/norm/gradientProblem';
import { defaultSpec, normKinds } from '../../../src/norm/normSpec';
import { randomTensor } from './tensors';

const rows = 16;
const problem = gradientProblem({ spec: defaultSpec('layer_norm'), x: randomTensor('x', [rows, 256], 1) }, 2);
const all = Array.from({ length: rows }, (_, row) => row);

function rightGradient({ spec, geometry, x, gradOutput, parameters }: GradientProblem): Float64Array {
  return backwardRows(spec, geometry, x, gradOutput, parameters).gradInput;
}

/** A gradient that leaves out the term through the mean or the variance. */
function without(term: 'meanCorrection' | 'varianceCorrection'): Float64Array {
  const { spec, geometry, x, gradOutput, parameters } = problem;
  const values = all.map((row) => {
    const parts = splitGradient(spec, geometry, x, gradOutput, parameters, row);
    return Array.from(parts.full, (value, c) => value - parts[term][c]);
  });
  return Float64Array.from(values.flat());
}

const passedOf = (gradient: Float64Array) =>
  Object.fromEntries(directionalChecks(problem, gradient, all, 3).map(({ direction, passed }) => [direction, passed]));

describe('directionalChecks', () => {
  it('passes the right gradient along every direction, with room to spare', () => {
    const checks = directionalChecks(problem, rightGradient(problem), all, 3);
    expect(checks.map(({ direction }) => direction)).toEqual(['random', 'ones', 'deviation']);
    for (const { error, passed } of checks) {
      expect(passed).toBe(true);
      expect(error).toBeLessThan(1e-10);
    }
  });

  it('shows a missing mean correction along 1, and a missing variance correction along x − mean', () => {
    expect(passedOf(without('meanCorrection'))).toMatchObject({ ones: false, deviation: true });
    expect(passedOf(without('varianceCorrection'))).toMatchObject({ ones: true, deviation: false });
  });

  it('sees the error of a right gradient fall with the step squared, and that of a wrong one level off', () => {
    const [{ sweep: right }] = directionalChecks(problem, rightGradient(problem), all, 3);
    expect(Math.log2(right[0].error / right[1].error)).toBeCloseTo(6, 0);
    const [{ sweep: wrong }] = directionalChecks(problem, without('varianceCorrection'), all, 3);
    const plateau = wrong.slice(2).map(({ error }) => error);
    expect(Math.max(...plateau) / Math.min(...plateau)).toBeLessThan(1.01);
  });

  it.each(normKinds)('passes %s', (kind) => {
    const ofKind = gradientProblem(
      { spec: { ...defaultSpec(kind), numGroups: 2 }, x: randomTensor('x', [4, 6, 5], 1) },
      2,
    );
    const rowsOfKind = Array.from(ofKind.rowNumbers.keys());
    const checks = directionalChecks(ofKind, rightGradient(ofKind), rowsOfKind, 3);
    expect(Math.max(...checks.map(({ error }) => error))).toBeLessThan(1e-9);
  });

  it('is part of a gradient check', () => {
    const { gradients } = checkGradients({ spec: defaultSpec('rms_norm'), x: randomTensor('x', [3, 8], 1) });
    expect(gradients[0].directions).toHaveLength(3);
    expect(gradients[1].directions).toBeUndefined();
  });
});
