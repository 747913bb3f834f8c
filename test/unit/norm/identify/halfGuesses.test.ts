import { describe, expect, it } from 'vitest';
import { computedForward } from '../../../../src/norm/arithmetic/computedForward';
import { halfGuesses } from '../../../../src/norm/identify/halfGuesses';
import type { NormCase } from '../../../../src/norm/normCase';
import { defaultSpec, type NormSpec } from '../../../../src/norm/normSpec';
import { normStructures } from '../../../../src/norm/identify/normStructures';
import { precisionOf } from '../../../../src/norm/precision';
import { Random } from '../../../../src/norm/random';
import { roundTo } from '../../../../src/tensor/roundFloat';
import { tensor } from '../tensors';

const shape = [16, 64];

/** Float16 x and weight, and y as a norm makes it that takes its statistics in a format. */
function made(computeDtype: NormSpec['computeDtype']): NormCase {
  const random = new Random(8);
  const round = roundTo('float16');
  const x = random.normals(16 * 64).map((value) => round(2 * value + 1));
  const weight = random.normals(64).map((value) => round(1 + 0.2 * value));
  const { y } = computedForward({ ...defaultSpec('rms_norm'), computeDtype }, shape, x, { weight }, 'float16');
  return {
    spec: defaultSpec('layer_norm'),
    x: tensor('x', shape, x, 'float16'),
    output: tensor('y', shape, y, 'float16'),
    weight: tensor('weight', [64], weight, 'float16'),
  };
}

function guessesOf(normCase: NormCase, careful: number) {
  const { usual } = normStructures(normCase);
  return halfGuesses(normCase, precisionOf(normCase.output!), usual, 'float16', careful);
}

describe('halfGuesses', () => {
  it('finds statistics taken in float16, where careful ones leave bits unexplained', () => {
    const guesses = guessesOf(made('float16'), 0.5);
    expect(guesses.length).toBeGreaterThan(0);
    expect(new Set(guesses.map(({ spec }) => `${spec.kind} ${spec.computeDtype}`))).toEqual(
      new Set(['rms_norm float16']),
    );
  });

  it('leaves to careful statistics what they explain as well', () => {
    expect(guessesOf(made('float16'), 0.95)).toEqual([]);
    expect(guessesOf(made('float32'), 1)).toEqual([]);
  });

  it('looks at no x that is wider than y', () => {
    const { x, ...rest } = made('float16');
    expect(guessesOf({ ...rest, x: { ...x, dtype: 'float32' } }, 0.5)).toEqual([]);
  });
});
