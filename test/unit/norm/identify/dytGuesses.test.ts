import { describe, expect, it } from 'vitest';
import { dytGuesses } from '../../../../src/norm/identify/dytGuesses';
import type { NormCase } from '../../../../src/norm/normCase';
import { defaultSpec } from '../../../../src/norm/normSpec';
import { precisionOf } from '../../../../src/norm/precision';
import { Random } from '../../../../src/norm/random';
import { tensor } from '../tensors';

const shape = [32, 4];
const weight = Float64Array.of(1, -2, 0.5, 3);

/** y = f(x) · weight + 1 */
function made(f: (value: number) => number): NormCase {
  const x = new Random(6).normals(128);
  return {
    spec: defaultSpec('layer_norm'),
    x: tensor('x', shape, x),
    output: tensor(
      'y',
      shape,
      x.map((value, i) => f(value) * weight[i % 4] + 1),
    ),
  };
}
const guessesOf = (normCase: NormCase) => dytGuesses(normCase, precisionOf(normCase.output!)).guesses;
const nearest = (normCase: NormCase) => guessesOf(normCase).reduce((a, b) => (b.score < a.score ? b : a));

describe('dytGuesses', () => {
  it('fits α, and the weight and bias that nobody gave', () => {
    const { alpha, recovered, score } = nearest(made((value) => Math.tanh(0.7 * value)));
    expect(alpha).toBeCloseTo(0.7, 12);
    weight.forEach((value, i) => expect(recovered!.weight[i]).toBeCloseTo(value, 10));
    expect(score).toBeLessThan(8);
  });

  it('takes the α, weight and bias of the case as they are', () => {
    const normCase = {
      ...made((value) => Math.tanh(0.7 * value)),
      alpha: tensor('alpha', [1], [0.7]),
      weight: tensor('weight', [4], weight),
      bias: tensor('bias', [4], [1, 1, 1, 1]),
    };
    const [guess, ...others] = guessesOf(normCase);
    expect(others).toEqual([]);
    expect(guess).toMatchObject({ alpha: 0.7, recovered: undefined, rowsJudged: 32 });
    expect(guess.score).toBeLessThan(8);
  });

  it('fits no straight line, which the tanh of a small α is too', () => {
    expect(guessesOf(made((value) => value)).filter(({ recovered }) => recovered)).toEqual([]);
  });
});
