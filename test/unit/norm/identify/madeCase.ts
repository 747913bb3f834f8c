import { forward } from '../../../../src/norm/forward';
import type { Guess } from '../../../../src/norm/identify/guess';
import type { NormCase } from '../../../../src/norm/normCase';
import { defaultSpec, type NormSpec } from '../../../../src/norm/normSpec';
import { Random } from '../../../../src/norm/random';
import { tensor } from '../tensors';

/** Rows of deviations from 0.01 to 1 with a mean of 0.3, and the y that a spec makes of them. */
export function madeCase(change: Partial<NormSpec>, rows = 24, cols = 8): NormCase {
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

/** The guess that comes nearest. */
export function best(guesses: readonly Guess[]): Guess {
  return guesses.reduce((a, b) => (b.score < a.score ? b : a));
}
