import { describe, expect, it } from 'vitest';
import { forward } from '../../../src/norm/forward';
import { defaultSpec } from '../../../src/norm/normSpec';
import { placementOf } from '../../../src/norm/placement';
import { Random } from '../../../src/norm/random';

const random = new Random(3);
const shape = [4, 16];
const before = random.normals(64).map((value) => 2 * value);

/** A branch as a random elementwise function: what counts is that it is not its input. */
const branch = (seed: number) => {
  const factors = new Random(seed).normals(64);
  return (x: Float64Array) => x.map((value, i) => factors[i] * Math.tanh(value) + factors[63 - i]);
};
const [attention, mlp] = [branch(1), branch(2)];

function norm(input: Float64Array) {
  return { input, output: forward(defaultSpec('layer_norm'), shape, input, {}).y };
}

function add(...terms: Float64Array[]): Float64Array {
  return terms.reduce((sum, term) => sum.map((value, i) => value + term[i]));
}

describe('placementOf', () => {
  it('recognizes x + f(N(x))', () => {
    const n1 = norm(before);
    const a = attention(n1.output);
    const n2 = norm(add(before, a));
    const m = mlp(n2.output);
    const after = add(before, a, m);
    expect(placementOf({ before, after, norms: [n1, n2], branches: [a, m] })).toBe('pre');
    expect(placementOf({ before, after, norms: [n1, n2], branches: [] })).toBe('pre');
    // Without the inputs of the norms, what the branches add tells.
    expect(placementOf({ before, after, norms: [{ output: n1.output }], branches: [a, m] })).toBe('pre');
  });

  it('recognizes N(x + f(x))', () => {
    const n1 = norm(add(before, attention(before)));
    const n2 = norm(add(n1.output, mlp(n1.output)));
    expect(placementOf({ before, after: n2.output, norms: [n1, n2], branches: [] })).toBe('post');
  });

  it('recognizes x + N(f(N(x))) and x + N(f(x))', () => {
    const n1 = norm(before);
    const n2 = norm(attention(n1.output));
    const middle = add(before, n2.output);
    const n3 = norm(middle);
    const n4 = norm(mlp(n3.output));
    const after = add(middle, n4.output);
    expect(placementOf({ before, after, norms: [n1, n2, n3, n4], branches: [] })).toBe('sandwich');
    const o1 = norm(attention(before));
    const o2 = norm(mlp(add(before, o1.output)));
    expect(placementOf({ before, after: add(before, o1.output, o2.output), norms: [o1, o2], branches: [] })).toBe(
      'output',
    );
  });

  it('recognizes x + attention(N(x)) + mlp(N(x)), with one norm or two', () => {
    const n1 = norm(before);
    const branches = [attention(n1.output), mlp(n1.output)];
    const after = add(before, ...branches);
    expect(placementOf({ before, after, norms: [n1], branches })).toBe('parallel');
    expect(placementOf({ before, after, norms: [n1, norm(before)], branches })).toBe('parallel');
  });

  it('says nothing where nothing tells', () => {
    const after = random.normals(64);
    expect(placementOf({ before, after, norms: [], branches: [] })).toBeUndefined();
    expect(placementOf({ before, after, norms: [norm(random.normals(64))], branches: [] })).toBeUndefined();
  });
});
