import { describe, expect, it } from 'vitest';
import { backward } from '../../../src/norm/backward';
import { fileGradients } from '../../../src/norm/fileGradients';
import type { CaseRole } from '../../../src/norm/normCase';
import { caseOfArray, caseOfObject, withRoles } from '../../../src/report/literalCase';
import { literalAt } from '../../../src/text/literals';
import { objectAt } from '../../../src/text/objects';

const caseIn = (text: string) => caseOfObject(objectAt(text, 1)!);

describe('caseOfArray', () => {
  it('takes an array on its own for x of a LayerNorm over its last axis', () => {
    const { case: normCase } = caseOfArray(literalAt('[[1, 2], [3, 4], [5, 6]]', 3)!);
    expect(normCase.x.shape).toEqual([3, 2]);
    expect(normCase.spec).toMatchObject({ kind: 'layer_norm', axes: [-1], eps: 1e-5 });
    expect(normCase.weight).toBeUndefined();
  });
});

it('refuses an array of which a part is left out', () => {
  const cut = literalAt('tensor([[1, 2, ..., 3], ..., [4, 5, ..., 6]])', 9)!;
  expect(() => caseOfArray(cut)).toThrow('Only 6 of the array’s numbers are printed');
});

describe('caseOfObject', () => {
  it('reads a whole case', () => {
    const found = caseIn(
      '{"x": [[1, 2], [3, 4]], "weight": [1, 2], "bias": [0, 1], "eps": 1e-3, "grad_output": [[1, 0], [0, 1]]}',
    )!;
    expect(found.roles).toEqual({ weight: 'weight', bias: 'bias', gradOutput: 'grad_output' });
    expect(found.case.spec.eps).toBe(1e-3);
    expect(Array.from(found.case.weight!.values as Float64Array)).toEqual([1, 2]);
  });

  it('normalizes over as many axes as the weight has', () => {
    const found = caseIn('{"x": [[[1, 2], [3, 4]]], "gamma": [[1, 1], [1, 1]]}')!;
    expect(found.case.spec.axes).toEqual([-2, -1]);
  });

  it('is no case without an input', () => {
    expect(caseIn('{"weight": [1, 2], "losses": [3, 4]}')).toBeUndefined();
  });

  it.each(['-1', 'NaN', 'Infinity'])('refuses eps %s', (eps) => {
    expect(() => caseIn(`{"x": [[1, 2], [3, 4]], "eps": ${eps}}`)).toThrow(
      `eps is ${eps}; it should be a number from 0 up.`,
    );
  });

  it('refuses a dy that does not fit x, naming both sizes', () => {
    expect(() => caseIn('{"x": [[1, 2], [3, 4]], "dy": [1, 2, 3]}')).toThrow(
      '"dy" has 3 numbers, "x" has 4; both need the same shape.',
    );
  });
});

describe('withRoles', () => {
  const array = (text: string) => literalAt(text, 1)!;
  const x = caseOfArray(array('[[1, 2], [3, 4]]'));

  it('gives an array the γ that was selected elsewhere, and keeps what it had', () => {
    const weighted = withRoles(x, new Map([['weight', { title: 'line 7', literal: array('[2, 0.5]') }]]));
    expect(weighted.roles).toEqual({ weight: 'line 7' });
    expect(weighted.case.spec.axes).toEqual([-1]);
    const whole = withRoles(
      weighted,
      new Map([['gradOutput', { title: 'line 9', literal: array('[[1, 0], [0, 1]]') }]]),
    );
    expect(whole.roles).toEqual({ weight: 'line 7', gradOutput: 'line 9' });
    expect(Array.from(whole.case.weight!.values as Float64Array)).toEqual([2, 0.5]);
  });

  it('normalizes over as many axes as the new γ has', () => {
    const weighted = withRoles(x, new Map([['weight', { title: 'γ', literal: array('[[1, 1], [1, 1]]') }]]));
    expect(weighted.case.spec.axes).toEqual([-2, -1]);
  });

  it('refuses an array that does not fit x', () => {
    const wrong = new Map([['weight' as const, { title: 'γ', literal: array('[1, 1, 1]') }]]);
    expect(() => withRoles(x, wrong)).toThrow('weight has shape (3), but the normalized axes of x are (2).');
  });
});

describe('a gradient that PyTorch printed with four decimals', () => {
  const x = literalAt('[[0.5, -1.25, 2, 0.125], [1.5, 0.75, -0.5, 3]]', 1)!;
  const gradOutput = literalAt('[[1, -0.5, 0.25, 2], [-1, 0.5, 1.5, -0.25]]', 1)!;
  const { case: normCase } = caseOfArray(x);
  const exact = backward(normCase.spec, x.shape, x.values, gradOutput.values, {}).gradInput;

  /** The result for the gradient as printed, each element of it off by so much. */
  function resultFor(error: number) {
    const printed = Array.from(exact, (value) => (value + error).toFixed(4));
    const rows = [printed.slice(0, 4), printed.slice(4)].map((row) => `[${row.join(', ')}]`);
    const gradInput = literalAt(`tensor([${rows.join(',\n        ')}])`, 8)!;
    const added = { gradOutput, gradInput };
    const roles = Object.entries(added).map(([role, literal]) => [role as CaseRole, { title: role, literal }] as const);
    return fileGradients(withRoles(caseOfArray(x), new Map(roles)).case)[0];
  }

  it('is right to its last decimal', () => {
    expect(resultFor(0)).toMatchObject({ name: 'gradInput', passed: true });
  });

  it('is wrong if it is off by more', () => {
    expect(resultFor(0.0005)).toMatchObject({ name: 'gradInput', passed: false });
  });
});
