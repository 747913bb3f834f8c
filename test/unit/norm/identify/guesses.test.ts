import { describe, expect, it } from 'vitest';
import { forward } from '../../../../src/norm/forward';
import { givenGuesses, recoveredGuesses, type Guess } from '../../../../src/norm/identify/guesses';
import type { NormCase } from '../../../../src/norm/normCase';
import { defaultSpec, type NormSpec } from '../../../../src/norm/normSpec';
import { normStructures } from '../../../../src/norm/identify/normStructures';
import { precisionOf } from '../../../../src/norm/precision';
import { Random } from '../../../../src/norm/random';
import { tensor } from '../tensors';

/** Rows of deviations from 0.01 to 1 with a mean of 0.3, and the y that a spec makes of them. */
function made(change: Partial<NormSpec>, rows = 24, cols = 8): NormCase {
  const spec = { ...defaultSpec(change.kind ?? 'layer_norm'), ...change };
  const random = new Random(9);
  const x = Float64Array.from(
    { length: rows * cols },
    (_, i) => 0.3 + 10 ** (-2 + (2 * Math.floor(i / cols)) / rows) * random.normal(),
  );
  const [weight, bias] = [random.normals(cols), random.normals(cols)];
  const { y } = forward(spec, [rows, cols], x, { weight, bias });
  return {
    spec: defaultSpec('layer_norm'),
    x: tensor('x', [rows, cols], x),
    output: tensor('y', [rows, cols], y),
    weight: tensor('weight', [cols], weight),
    bias: tensor('bias', [cols], bias),
  };
}

function best(guesses: readonly Guess[]): Guess {
  return guesses.reduce((a, b) => (b.score < a.score ? b : a));
}

describe('givenGuesses', () => {
  it('tries 1 + weight and a bias left out beside every eps, place and divisor', () => {
    const normCase = made({ eps: 1e-3, epsPlace: 'outside', divisor: 'n-1' });
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
    const { x, ...rest } = made({});
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
    const normCase = made({ kind: 'rms_norm', eps: 1e-6 }, 4096, 32);
    const { guesses } = givenGuesses(normCase, precisionOf(normCase.output!), normStructures(normCase).usual);
    expect(new Set(guesses.map(({ spec }) => spec.kind))).toEqual(new Set(['rms_norm']));
    expect(new Set(guesses.map(({ rowsJudged }) => rowsJudged))).toEqual(new Set([4096]));
  });
});

describe('recoveredGuesses', () => {
  it('brings the weight and bias that nobody gave', () => {
    const { weight, bias, ...bare } = made({ eps: 1e-5 });
    const { guesses } = recoveredGuesses(bare, precisionOf(bare.output!), normStructures(bare).usual);
    const { spec, recovered } = best(guesses);
    expect(spec).toEqual(defaultSpec('layer_norm'));
    const wanted = weight!.values as Float64Array;
    wanted.forEach((value, i) => expect(recovered!.weight[i]).toBeCloseTo(value, 9));
    expect(recovered!.bias[3]).toBeCloseTo(Number(bias!.values[3]), 9);
  });

  it('has nothing to say where both are known', () => {
    const normCase = made({});
    expect(recoveredGuesses(normCase, precisionOf(normCase.output!), normStructures(normCase).usual)).toEqual({
      guesses: [],
    });
  });
});
