import { describe, expect, it } from 'vitest';
import { givenGuesses } from '../../../../src/norm/identify/givenGuesses';
import { normStructures } from '../../../../src/norm/identify/normStructures';
import { defaultSpec } from '../../../../src/norm/normSpec';
import { precisionOf } from '../../../../src/norm/precision';
import { tensor } from '../tensors';
import { best, madeCase } from './madeCase';

describe('givenGuesses', () => {
  it('tries 1 + weight and a bias left out beside every eps, place and divisor', () => {
    const normCase = madeCase({ eps: 1e-3, epsPlace: 'outside', divisor: 'n-1' });
    const { guesses } = givenGuesses(normCase, precisionOf(normCase.output!), normStructures(normCase).usual);
    const { spec, biasApplied, rowsJudged } = best(guesses);
    expect(spec).toEqual({
      ...defaultSpec('layer_norm'),
      eps: expect.closeTo(1e-3, 12),
      epsPlace: 'outside',
      divisor: 'n-1',
    });
    expect([biasApplied, rowsJudged]).toEqual([true, 24]);
    expect(new Set(guesses.map((guess) => `${guess.spec.weightOffset} ${guess.biasApplied}`)).size).toBe(4);
  });

  it('says so where one factor serves all rows: nothing is normalized', () => {
    const { x, ...rest } = madeCase({});
    const output = tensor(
      'y',
      x.shape,
      (x.values as Float64Array).map((value) => 3 * value),
    );
    const normCase = { ...rest, x, output, weight: undefined, bias: undefined };
    const { plain } = givenGuesses(normCase, precisionOf(output), normStructures(normCase).usual);
    expect(plain!.factor).toBeCloseTo(3, 12);
    expect(plain!.structure.spec.kind).toBe('rms_norm');
  });

  it('judges all rows of a large case by the structures alone that a sample speaks for', () => {
    const normCase = madeCase({ kind: 'rms_norm', eps: 1e-6 }, 4096, 32);
    const { guesses } = givenGuesses(normCase, precisionOf(normCase.output!), normStructures(normCase).usual);
    expect(new Set(guesses.map(({ spec }) => spec.kind))).toEqual(new Set(['rms_norm']));
    expect(new Set(guesses.map(({ rowsJudged }) => rowsJudged))).toEqual(new Set([4096]));
  });
});
