import { describe, expect, it } from 'vitest';
import { computedForward } from '../../../src/norm/arithmetic/computedForward';
import { backward } from '../../../src/norm/backward';
import { conventionDifference } from '../../../src/norm/conventionDifference';
import { forward } from '../../../src/norm/forward';
import { rowGeometry } from '../../../src/norm/geometry';
import { checkGradients } from '../../../src/norm/gradientCheck';
import { identify } from '../../../src/norm/identify/identify';
import { identifyArithmetic } from '../../../src/norm/identify/identifyArithmetic';
import { identifyBackward } from '../../../src/norm/identifyBackward';
import { identifyGradients } from '../../../src/norm/identifyGradients';
import type { NormCase } from '../../../src/norm/normCase';
import { defaultSpec, type NormKind, type NormSpec } from '../../../src/norm/normSpec';
import { parametersOf } from '../../../src/norm/parameters';
import { presets } from '../../../src/norm/presets';
import { Random } from '../../../src/norm/random';
import { runningStatistics } from '../../../src/norm/runningStatistics';
import { varianceAlgorithms } from '../../../src/norm/varianceAlgorithms';
import type { Shape } from '../../../src/tensor/shape';
import { roundTo, type FloatDtype } from '../../../src/tensor/roundFloat';
import { toFloat64, type Tensor } from '../../../src/tensor/tensor';
import { expectClose } from './expectClose';
import { randomTensor, tensor } from './tensors';

// What people reported as bugs of libraries, each with the numbers of the report where it has some.

function normalized(spec: NormSpec, row: readonly number[], weight?: readonly number[]): Float64Array {
  return forward(spec, [row.length], Float64Array.from(row), { weight: weight && Float64Array.from(weight) }).y;
}

function specOf(kind: NormKind, change: Partial<NormSpec> = {}): NormSpec {
  return { ...defaultSpec(kind), ...change };
}

function presetOf(name: string): NormSpec {
  return presets.find((preset) => preset.name === name)!.spec;
}

/** x whose rows differ in variance by orders of magnitude, which shows where eps stands. */
function variedRows(shape: Shape, seed = 1): Tensor {
  const cols = shape.at(-1)!;
  const x = toFloat64(randomTensor('x', shape, seed));
  return tensor(
    'x',
    shape,
    x.map((value, i) => 0.3 + value * 10 ** (-3 + (Math.floor(i / cols) % 7) * 0.6)),
  );
}

/** x and what the spec makes of it, as two dumped tensors with the weight and bias between them. */
function dumped(spec: NormSpec, x: Tensor, rest: Partial<Omit<NormCase, 'spec' | 'x'>> = {}): NormCase {
  const known: NormCase = { spec, x, ...rest };
  const { y } = forward(spec, x.shape, toFloat64(x), parametersOf(known));
  return { ...known, spec: defaultSpec(spec.kind), output: tensor('y', x.shape, y) };
}

describe('the variance divided by n or n − 1', () => {
  it('[1, 0, 0, 0] gives 1.7320 or 1.5000 (pytorch#22617)', () => {
    expect(normalized(specOf('layer_norm'), [1, 0, 0, 0])[0].toFixed(4)).toBe('1.7320');
    expect(normalized(specOf('layer_norm', { divisor: 'n-1' }), [1, 0, 0, 0])[0].toFixed(4)).toBe('1.5000');
  });

  it.each([
    ['n', [1.5, -0.5, -0.5, -0.5].map((value) => (value * 2) / Math.sqrt(3))],
    ['n-1', [1.5, -0.5, -0.5, -0.5]],
  ] as const)('the divisor %s is told from that row alone, and nothing else of it', (divisor, y) => {
    const { best, ambiguous, explanation } = identify({
      spec: specOf('layer_norm'),
      x: tensor('x', [1, 4], [1, 0, 0, 0]),
      output: tensor('y', [1, 4], Float32Array.from(y), 'float32'),
    });
    expect(best!.spec).toMatchObject({ kind: 'layer_norm', divisor });
    expect(ambiguous).toBe(true);
    expect(explanation).toMatch(/cannot tell .*ε.* apart/);
  });

  it('a batch norm stores n − 1 in PyTorch and n in ONNX, TensorFlow and Keras, and weighs new or old', () => {
    const x = Float64Array.of(1, 2, 4, 7);
    const running = { runningMean: Float64Array.of(1), runningVar: Float64Array.of(2) };
    const after = (preset: string) => {
      const spec = { ...presetOf(preset), training: true, channelAxis: 1 };
      const geometry = rowGeometry(spec, [4, 1]);
      return runningStatistics(spec, geometry, forward(spec, [4, 1], x, running), running)!;
    };
    // The mean is 3.5; the variance 5.25 divided by n and 7 divided by n − 1.
    expectClose(after('pytorch-batch-norm').variance, [0.9 * 2 + 0.1 * 7], 1e-15);
    expectClose(after('onnx-batch-norm').variance, [0.9 * 2 + 0.1 * 5.25], 1e-15);
    expectClose(after('keras-batch-norm').variance, [0.99 * 2 + 0.01 * 5.25], 1e-15);
    expectClose(after('pytorch-batch-norm').mean, [0.9 * 1 + 0.1 * 3.5], 1e-15);
    expectClose(after('keras-batch-norm').mean, [0.99 * 1 + 0.01 * 3.5], 1e-15);
  });
});

describe('eps', () => {
  it('The Annotated Transformer’s LayerNorm is recognized (BERT-pytorch#30)', () => {
    const made = dumped(presetOf('annotated-transformer'), variedRows([14, 32]));
    const { best, ambiguous, explanation } = identify(made);
    expect(ambiguous, explanation).toBe(false);
    expect(best!.spec).toMatchObject({ kind: 'layer_norm', eps: 1e-6, epsPlace: 'outside', divisor: 'n-1' });
  });

  it('inside or outside the root differs on rows of low variance alone (TransformerEngine#364)', () => {
    const inside = specOf('layer_norm', { eps: 1e-5 });
    const outside = specOf('layer_norm', { eps: 1e-5, epsPlace: 'outside' });
    const gap = (std: number) => Math.abs(normalized(inside, [-std, std])[1] - normalized(outside, [-std, std])[1]);
    expect(gap(1)).toBeLessThan(1e-5);
    expect(gap(1e-3)).toBeGreaterThan(0.6);
  });

  it.each<[NormKind, number, number, string]>([
    ['rms_norm', 1e-5, 1e-6, 'candle#271'],
    ['group_norm', 1e-6, 1e-5, 'mlx-examples#1434'],
    ['layer_norm', 1e-12, 1e-5, 'CTranslate2#951'],
    ['layer_norm', 1e-3, 1e-5, 'Keras beside PyTorch'],
  ])('a %s with eps %d is not taken for one with %d (%s)', (kind, eps, other) => {
    const spec = specOf(kind, { eps, numGroups: kind === 'group_norm' ? 4 : 1 });
    const x = kind === 'group_norm' ? variedRows([6, 8, 16]) : variedRows([14, 32]);
    const small = tensor(
      'x',
      x.shape,
      toFloat64(x).map((value) => 0.05 * (value - 0.3)),
    );
    const { best, candidates } = identify({ ...dumped(spec, small), spec: { ...spec, eps: other } });
    expect(best!.spec).toMatchObject({ kind, eps });
    expect(candidates.filter(({ score }) => score < 8).map((c) => c.spec.eps)).not.toContain(other);
  });

  it.each([
    [1e-8, NaN],
    [1e-12, NaN],
    [1e-7, 0],
  ])('%d in float16 makes %d of a zero row (pytorch#41527)', (eps, y) => {
    const spec = specOf('layer_norm', { eps, computeDtype: 'float16' });
    expect(computedForward(spec, [4], new Float64Array(4), {}, 'float16').y).toEqual(new Float64Array(4).fill(y));
  });
});

describe('the weight', () => {
  it('cast before or after it is told from the bits (transformers#33133, TransformerEngine#1132)', () => {
    const round = roundTo('bfloat16');
    const half = (name: string, shape: Shape, seed: number) => {
      const values = Float32Array.from(toFloat64(randomTensor(name, shape, seed)).map(round));
      return tensor(name, shape, values, 'bfloat16');
    };
    const [x, weight] = [half('x', [16, 64], 1), half('w', [64], 2)];
    for (const castOrder of ['before-weight', 'after-weight'] as const) {
      const spec = specOf('rms_norm', { computeDtype: 'float32', castOrder });
      const { y } = computedForward(spec, x.shape, toFloat64(x), { weight: toFloat64(weight) }, 'bfloat16');
      const output = tensor('y', x.shape, Float32Array.from(y), 'bfloat16');
      const candidates = identifyArithmetic({ spec, x, weight, output }, spec);
      expect(candidates[0]).toMatchObject({ bitEqual: 1, spec: { castOrder } });
      const wrong = candidates.find((candidate) => candidate.spec.castOrder !== castOrder)!;
      expect(wrong.bitEqual).toBeLessThan(0.9);
    }
  });

  it('1 + w of Gemma is told from w, and 2 + w is neither (Liger-Kernel#74, shainet#176)', () => {
    const x = variedRows([14, 32]);
    const weight = tensor(
      'w',
      [32],
      toFloat64(randomTensor('w', [32], 3)).map((value) => 0.1 * value),
    );
    expect(identify(dumped(presetOf('gemma'), x, { weight })).best!.spec).toMatchObject({
      kind: 'rms_norm',
      weightOffset: 1,
    });
    const twice = tensor(
      'w',
      [32],
      toFloat64(weight).map((value) => 1 + value),
    );
    const { best } = identify({ ...dumped(presetOf('gemma'), x, { weight: twice }), weight });
    expect(best).toBeUndefined();
  });

  it('1 + 15.8125 is 16.75 in bfloat16, 16.8125 exactly (vllm#29810)', () => {
    const weighed = (computeDtype: FloatDtype & NormSpec['computeDtype']) =>
      computedForward(
        specOf('rms_norm', { eps: 0, weightOffset: 1, computeDtype }),
        [2, 1],
        Float64Array.of(1, -1),
        { weight: Float64Array.of(15.8125) },
        'float32',
      ).y;
    expect(weighed('bfloat16')).toEqual(Float64Array.of(16.75, -16.75));
    expect(weighed('float32')).toEqual(Float64Array.of(16.8125, -16.8125));
  });
});

describe('1 + w of bfloat16', () => {
  it('summed in bfloat16 is told from the exact sum by the bits of y (vllm#29810)', () => {
    const round = roundTo('bfloat16');
    const half = (name: string, shape: Shape, values: Float64Array) =>
      tensor(name, shape, Float32Array.from(values, round), 'bfloat16');
    const x = half('x', [16, 32], toFloat64(randomTensor('x', [16, 32], 1)));
    const weight = half('w', [32], new Float64Array(32).fill(15.8125));
    for (const castOrder of ['before-weight', 'after-weight'] as const) {
      const spec: NormSpec = { ...presetOf('gemma'), castOrder };
      const { y } = computedForward(spec, x.shape, toFloat64(x), { weight: toFloat64(weight) }, 'bfloat16');
      const [best] = identifyArithmetic({ spec, x, weight, output: half('y', x.shape, y) }, spec);
      expect(best).toMatchObject({ bitEqual: 1, spec: { castOrder } });
    }
  });
});

describe('squares that cancel or overflow', () => {
  it('the one pass of flax is the reason named for 10000 + i · 1e-3 (flax’s use_fast_variance)', () => {
    const row = Float32Array.from({ length: 16 }, (_, i) => 10000 + i * 1e-3);
    const [flax, pytorch] = ['flax-layer-norm', 'pytorch-layer-norm'].map((name) =>
      presets.find((preset) => preset.name === name)!,
    );
    const { reason } = conventionDifference(tensor('x', [1, 16], row, 'float32'), {}, flax, pytorch);
    expect(reason).toMatch(
      /^They differ because the first takes the variance as E\[x²\] − E\[x\]², .* row 0 has mean 10000 at a standard deviation of 0\.0045/,
    );
  });

  it.each([40000, 80000])('[%d, +1, +2, +3] keeps its digits in float32 (tt-metal#45968)', (base) => {
    const row = Float64Array.of(base, base + 1, base + 2, base + 3);
    const want = [-1.341635, -0.447212, 0.447212, 1.341635];
    expectClose(forward(specOf('layer_norm'), [4], row, {}).y, want, 1e-6);
    expectClose(computedForward(presetOf('pytorch-layer-norm'), [4], row, {}, 'float32').y, want, 1e-6);
  });

  it('256 times 1234 gives exactly the bias', () => {
    const bias = new Random(1).normals(256);
    const row = new Float64Array(256).fill(1234);
    expect(forward(specOf('layer_norm'), [256], row, { bias }).y).toEqual(bias);
  });

  it.each([
    [0, -1.3416],
    [100, -1.3415],
    [1000, -1.3415],
    [10000, -1.3313],
  ])('%d + i · 1e-3: y₀ is %d, and no E[x²] − E[x]² in float32 (burn#5607, flax)', (mean, first) => {
    const row = Float64Array.from({ length: 16 }, (_, i) => Math.fround(mean + i * 1e-3));
    const { y, variance } = forward(specOf('layer_norm'), [16], row, {});
    expect(y[0]).toBeCloseTo(first, 4);
    const [onePass] = varianceAlgorithms;
    const error = Math.abs(onePass.variance(row) / variance[0] - 1);
    if (mean === 0) {
      expect(error).toBeLessThan(1e-5);
    } else {
      expect(error).toBeGreaterThan(0.9);
    }
  });

  it('sixteen activations around 1449 have a variance that one pass in float32 misses (mlx#2238)', () => {
    const row = Float64Array.of(
      ...[1449.5706, 1448.8741, 1450.6504, 1449.2633, 1449.7764, 1449.3171, 1449.3297, 1449.0779],
      ...[1449.2181, 1449.433, 1449.1605, 1449.4133, 1449.7933, 1450.0667, 1449.7762, 1450.365],
    ).map(Math.fround);
    const { y, variance } = forward(specOf('layer_norm'), [16], row, {});
    expect(variance[0]).toBeCloseTo(0.2161, 4);
    expect(Math.hypot(...y) / 4).toBeCloseTo(1, 4);
    expectClose(computedForward(presetOf('pytorch-layer-norm'), [16], row, {}, 'float32').y, y, 1e-3);
    const [onePass] = varianceAlgorithms;
    expect(Math.abs(onePass.variance(row) / variance[0] - 1)).toBeGreaterThan(0.1);
  });

  it('inputs around 1e30 are normalized as others are (pytorch#178123)', () => {
    const row = [1, -2, 4, 0.5];
    for (const kind of ['layer_norm', 'rms_norm'] as const) {
      const huge = normalized(
        specOf(kind),
        row.map((value) => value * 1e30),
      );
      expectClose(huge, normalized(specOf(kind, { eps: 0 }), row), 1e-14);
    }
  });

  it('a float16 row with |x| > 255 overflows where its squares are taken in float16 (TensorRT#2781)', () => {
    const rows = Float64Array.of(300, -1, 2, 1, 200, -1, 2, 1);
    const inHalf = specOf('rms_norm', { computeDtype: 'float16' });
    const { rstd } = computedForward(inHalf, [2, 4], rows, {}, 'float16');
    expect(rstd[0]).toBe(0);
    expect(rstd[1]).toBeGreaterThan(0);
    const right = computedForward(specOf('rms_norm', { computeDtype: 'float32' }), [2, 4], rows, {}, 'float16').rstd;
    expect(right[0]).toBeGreaterThan(0);
  });
});

describe('axes', () => {
  it('of images, the channels that were normalized are told from the last axis (keras#18231)', () => {
    const made = dumped(specOf('layer_norm', { axes: [1] }), variedRows([2, 5, 6, 7]));
    const { best, ambiguous, explanation } = identify({ ...made, spec: specOf('layer_norm') });
    expect(ambiguous, explanation).toBe(false);
    expect(best!.spec.axes.map((axis) => (axis + 4) % 4)).toEqual([1]);
  });

  it('queries normalized by head are told from a norm of the whole projection (vllm#16311)', () => {
    const queries = variedRows([8, 4, 16]);
    for (const axes of [[-1], [-2, -1]]) {
      const { best } = identify({ ...dumped(specOf('rms_norm', { axes }), queries), spec: specOf('rms_norm') });
      expect(best!.spec).toMatchObject({ kind: 'rms_norm', axes });
    }
  });

  it('groups are of neighbouring channels (pytorch#94288)', () => {
    const x = Float64Array.of(1, 3, 10, 30);
    const { y } = forward(specOf('group_norm', { numGroups: 2, eps: 0 }), [1, 4], x, {});
    expectClose(y, [-1, 1, -1, 1], 1e-15);
    const { best } = identify(dumped(specOf('group_norm', { numGroups: 4 }), variedRows([4, 8, 12])));
    expect(best!.spec).toMatchObject({ kind: 'group_norm', numGroups: 4 });
  });
});

describe('the backward', () => {
  it('with dγ and dβ swapped is found though y is right (oneflow#6149)', () => {
    const [x, gradOutput, weight] = [variedRows([14, 32]), randomTensor('dy', [14, 32], 2), randomTensor('w', [32], 3)];
    const spec = specOf('layer_norm');
    const right = backward(spec, x.shape, toFloat64(x), toFloat64(gradOutput), { weight: toFloat64(weight) });
    const found = identifyGradients(
      {
        spec,
        x,
        gradOutput,
        weight,
        gradInput: tensor('dx', x.shape, right.gradInput),
        gradWeight: tensor('dw', [32], right.gradBias!),
        gradBias: tensor('db', [32], right.gradWeight),
      },
      [spec],
    )!;
    expect(found.gradInput!.kind).toBe('full');
    expect([found.gradWeight!.kind, found.gradBias!.kind]).toEqual(['swapped', 'swapped']);
  });
});

describe('a weight of ones', () => {
  it('hides that γ is left out of dx, so a check without a weight draws one (pytorch#41595)', () => {
    const [x, gradOutput] = [variedRows([14, 32]), randomTensor('dy', [14, 32], 2)];
    const spec = specOf('layer_norm');
    const { gradInput } = backward(spec, x.shape, toFloat64(x), toFloat64(gradOutput), {});
    const withoutWeight = { spec, x, gradOutput, gradInput: tensor('dx', x.shape, gradInput) };
    const kindBeside = (weight: Tensor) => identifyBackward({ ...withoutWeight, weight }).kind;
    expect(kindBeside(tensor('w', [32], new Float64Array(32).fill(1)))).toBe('full');
    expect(kindBeside(randomTensor('w', [32], 3))).toBe('no-weight');
    expect(checkGradients({ spec, x, gradOutput })).toMatchObject({ passed: true, weightSource: 'random' });
  });
});

describe('defaults of libraries', () => {
  it.each([
    ['pytorch-layer-norm', 1e-5],
    ['pytorch-rms-norm', 2 ** -23],
    ['keras-layer-norm', 1e-3],
    ['keras-rms-norm', 1e-6],
    ['keras-batch-norm', 1e-3],
    ['flax-layer-norm', 1e-6],
    ['flax-group-norm', 1e-6],
    ['flax-batch-norm', 1e-5],
    ['onnx-layer-norm', Math.fround(1e-5)],
    ['llama', 1e-6],
    ['bert', 1e-12],
  ])('%s has eps %d', (name, eps) => {
    expect(presetOf(name).eps).toBe(eps);
  });
});
