import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { computedForward } from '../../../../src/norm/arithmetic/computedForward';
import type { EvaluationName } from '../../../../src/norm/arithmetic/evaluations';
import { forward } from '../../../../src/norm/forward';
import { defaultSpec, type NormSpec } from '../../../../src/norm/normSpec';
import { Random } from '../../../../src/norm/random';
import { roundTo, type FloatDtype } from '../../../../src/tensor/roundFloat';
import { edgeCases, loadNormFixture, plainCases } from '../normFixtures';

/** How PyTorch 1.13 computed the recorded `y_kernel` of a case: in which format, order of casts and order of sums. */
function recordedBy(op: string, dtype: FloatDtype, variant: string | undefined): [Partial<NormSpec>, EvaluationName] {
  if (variant === 'llama') {
    return [{ computeDtype: 'float32', castOrder: 'before-weight' }, 'plain'];
  }
  if (variant === 'gemma') {
    return [{ computeDtype: 'float32' }, 'plain'];
  }
  const isKernel = dtype === 'float32' ? op !== 'l2_norm' : dtype === 'bfloat16' && op !== 'rms_norm';
  if (isKernel) {
    return [{ computeDtype: 'float32' }, 'torch1-cpu'];
  }
  return [{ computeDtype: op === 'batch_norm' ? 'float32' : (dtype as NormSpec['computeDtype']) }, 'plain'];
}

it.each([...plainCases, ...edgeCases])(
  '%s: bit-equal to what PyTorch’s CPU kernel recorded, if it did',
  async (name) => {
    const { op, input_dtype: dtype, params } = JSON.parse(readFileSync(`test/fixtures/norms/${name}.json`, 'utf8'));
    const { spec, shape, parameters, array, has } = await loadNormFixture(name);
    if (!has('y_kernel')) {
      return;
    }
    const [change, evaluation] = recordedBy(op, dtype, params.variant);
    const { y } = computedForward({ ...spec, ...change }, shape, array('x'), parameters, dtype, evaluation);
    const recorded = array('y_kernel');
    const wrong = Array.from(y.keys()).filter((i) => y[i] !== recorded[i] && !(isNaN(y[i]) && isNaN(recorded[i])));
    expect(wrong).toEqual([]);
  },
);

const layerNorm: NormSpec = { ...defaultSpec('layer_norm'), computeDtype: 'float32' };
const rowOf = (...values: number[]) => Float64Array.from(values);

describe('computedForward', () => {
  it('constant rows: PyTorch 1 leaves a rest, PyTorch 2 does not', () => {
    const run = (value: number, name: EvaluationName) =>
      computedForward(layerNorm, [256], new Float64Array(256).fill(value), {}, 'float32', name).y[0];
    expect(run(1e4, 'torch1-cpu')).toBeCloseTo(0.08203, 5);
    expect(run(1234, 'torch1-cpu')).toBeCloseTo(-0.0093, 4);
    expect(run(1e4, 'torch2-cpu')).toBe(0);
    expect(run(1234, 'torch2-cpu')).toBe(0);
  });

  it('two passes keep [40000 … 40003]; one pass, as Flax, loses it', () => {
    const x = rowOf(40000, 40001, 40002, 40003);
    const { y } = computedForward(layerNorm, [4], x, {}, 'float32');
    [-1.341635, -0.447212, 0.447212, 1.341635].forEach((value, i) => expect(y[i]).toBeCloseTo(value, 5));
    const fast = computedForward(layerNorm, [4], x, {}, 'float32', 'flax-fast-variance').y;
    expect(Math.abs(fast[0] - y[0])).toBeGreaterThan(0.1);
  });

  it('float16 statistics overflow beyond 255.9, float32 statistics do not', () => {
    const x = Float64Array.from({ length: 64 }, (_, i) => (i % 2 === 0 ? 0 : 300));
    const spec = { ...defaultSpec('rms_norm'), computeDtype: 'float16' } as const;
    expect(computedForward(spec, [64], x, {}, 'float16').y.every((value) => value === 0)).toBe(true);
    expect(computedForward({ ...spec, computeDtype: 'float32' }, [64], x, {}, 'float16').y[1]).toBeCloseTo(1.414, 3);
  });

  it('the cast order shows in a quarter of the elements of bfloat16', () => {
    const random = new Random(1);
    const round = roundTo('bfloat16');
    const x = random.normals(64 * 256).map(round);
    const parameters = { weight: random.normals(256).map(round) };
    const spec: NormSpec = { ...defaultSpec('rms_norm'), computeDtype: 'float32' };
    const once = computedForward(spec, [64, 256], x, parameters, 'bfloat16').y;
    const twice = computedForward({ ...spec, castOrder: 'before-weight' }, [64, 256], x, parameters, 'bfloat16').y;
    const share = once.filter((value, i) => value !== twice[i]).length / once.length;
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.3);
  });

  it('in float64 it is the exact norm, rounded once', () => {
    const x = new Random(2).normals(3 * 16).map(Math.fround);
    const spec = defaultSpec('layer_norm');
    const exact = forward(spec, [3, 16], x, {}).y;
    expect(computedForward(spec, [3, 16], x, {}, 'bfloat16').y).toEqual(exact.map(roundTo('bfloat16')));
    expect(computedForward(spec, [3, 16], x, {}, 'float64').y).toEqual(exact);
  });

  it.each(['plain', 'torch1-cpu', 'torch2-cpu', 'keras-affine', 'flax-fast-variance'] as const)(
    '%s stays within the roundoff of float32',
    (name) => {
      const random = new Random(3);
      const x = random.normals(8 * 1000).map(Math.fround);
      const parameters = { weight: random.normals(1000).map(Math.fround), bias: random.normals(1000).map(Math.fround) };
      const exact = forward(layerNorm, [8, 1000], x, parameters).y;
      const { y } = computedForward(layerNorm, [8, 1000], x, parameters, 'float32', name);
      y.forEach((value, i) => expect(Math.abs(value - exact[i])).toBeLessThan(16 * 2 ** -24 * 4));
    },
  );

  it('refuses an order that no library has for the norm', () => {
    const spec: NormSpec = { ...defaultSpec('scale_norm'), computeDtype: 'float32' };
    expect(() => computedForward(spec, [4], new Float64Array(4), {}, 'float32', 'torch1-cpu')).toThrow(
      'The order torch1-cpu is not known for a scale_norm of float32 in float32.',
    );
  });
});
