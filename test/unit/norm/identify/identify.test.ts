import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { forward } from '../../../../src/norm/forward';
import { identify } from '../../../../src/norm/identify/identify';
import type { NormCase } from '../../../../src/norm/normCase';
import { defaultSpec, type NormSpec } from '../../../../src/norm/normSpec';
import { Random } from '../../../../src/norm/random';
import { roundTo } from '../../../../src/tensor/roundFloat';
import type { Tensor } from '../../../../src/tensor/tensor';
import { casesOf, openFixture } from '../dumps';
import { loadNormFixture, plainCases } from '../normFixtures';

interface Answer {
  readonly file: string;
  readonly claimed: Record<string, { op: NormSpec['kind']; eps: number }>;
  readonly faults: readonly { kind: string; site: string }[];
  readonly healthy_sites: readonly string[];
}

const answers: Record<string, Answer> = JSON.parse(readFileSync('test/fixtures/dumps/broken/answers.json', 'utf8'));

function tensor(name: string, shape: readonly number[], values: Float64Array): Tensor {
  return { name, dtype: 'float64', shape, values };
}

/** A case whose rows have the standard deviations given, and whose y a spec made. */
function made(change: Partial<NormSpec>, stds: readonly number[], mean: number, cols = 16, affine = true): NormCase {
  const spec = { ...defaultSpec(change.kind ?? 'layer_norm'), ...change };
  const random = new Random(7);
  const shape = [stds.length, cols];
  const x = Float64Array.from(
    { length: stds.length * cols },
    (_, i) => mean + stds[Math.floor(i / cols)] * random.normal(),
  );
  const weight = affine ? Float64Array.from({ length: cols }, () => 1 + 0.3 * random.normal()) : undefined;
  const bias = affine ? Float64Array.from({ length: cols }, () => random.normal()) : undefined;
  const y = forward(spec, shape, x, { weight, bias }).y;
  return {
    spec: defaultSpec('layer_norm'),
    x: tensor('x', shape, x),
    output: tensor('y', shape, y),
    weight: weight && tensor('weight', [cols], weight),
    bias: bias && tensor('bias', [cols], bias),
  };
}

const varied = [1e-3, 1e-2, 0.1, 1, 3];

describe('identify', () => {
  const conventions: Partial<NormSpec>[] = [
    { kind: 'layer_norm', eps: 1e-5 },
    { kind: 'layer_norm', eps: 1e-6, epsPlace: 'outside', divisor: 'n-1' },
    { kind: 'rms_norm', eps: 1e-6 },
    { kind: 'rms_norm', eps: 1e-6, weightOffset: 1 },
    { kind: 'rms_norm', eps: 1e-8, epsPlace: 'outside' },
    { kind: 'layer_norm', eps: 1e-2, epsPlace: 'clamp' },
    { kind: 'layer_norm', eps: 3e-4 },
  ];
  it.each(conventions)('tells %o from all others where rows differ in variance', (convention) => {
    const { best, ambiguous, explanation } = identify(made(convention, varied, 0.5));
    expect(ambiguous, explanation).toBe(false);
    const { eps, ...rest } = convention;
    expect(best!.spec).toMatchObject(rest);
    expect(best!.spec.eps / eps!).toBeCloseTo(1, 6);
    expect(best!.maxAbsError).toBeLessThan(1e-9);
  });

  it('cannot tell the place of eps from rows of one variance', () => {
    const { best, ambiguous, explanation } = identify(made({ eps: 1e-12 }, [1e4], 0.5));
    expect(ambiguous).toBe(true);
    expect(best!.spec.kind).toBe('layer_norm');
    expect(explanation).toMatch(/cannot tell.*the place of ε/);
  });

  it('cannot tell eps in bfloat16 where the variance is far larger', () => {
    const exact = made({ eps: 1e-5 }, [10, 20, 30], 0.5);
    const output = { ...exact.output!, values: (exact.output!.values as Float64Array).map(toBfloat16) };
    const { best, ambiguous, explanation } = identify({ ...exact, output });
    expect(ambiguous).toBe(true);
    expect(best!.spec.kind).toBe('layer_norm');
    expect(explanation).toMatch(/cannot tell ε/);
  });

  it.each([
    { kind: 'layer_norm', eps: 1e-5 },
    { kind: 'layer_norm', eps: 1e-6, epsPlace: 'outside' },
    { kind: 'rms_norm', eps: 1e-6 },
  ] as const)('recovers weight and bias where nobody knows them: %o', (convention) => {
    const { weight, bias, output, ...rest } = made(convention, [...varied, 0.03, 0.3, 2], 0.5);
    const biased = convention.kind === 'layer_norm';
    const shifted = (output!.values as Float64Array).map(
      (value, i) => value - (biased ? 0 : (bias!.values[i % 16] as number)),
    );
    const { best, ambiguous, explanation } = identify({ ...rest, output: tensor('y', rest.x.shape, shifted) });
    expect(ambiguous, explanation).toBe(false);
    expect(best!.spec).toMatchObject(convention);
    const error = (found: Float64Array, expected: ArrayLike<number | bigint>) =>
      Math.max(...found.map((value, c) => Math.abs(value - Number(expected[c]))));
    expect(error(best!.recovered!.weight, weight!.values)).toBeLessThan(1e-9);
    expect(error(best!.recovered!.bias, biased ? bias!.values : new Float64Array(16))).toBeLessThan(1e-9);
    expect(explanation).toMatch(/No weight and bias is known; what is missing was recovered.*divisor of N from N − 1/);
  });

  it('recovers a bias beside a weight that is known', () => {
    const { bias, ...rest } = made({ eps: 1e-5, divisor: 'n' }, varied, 0.5);
    const { best } = identify(rest);
    expect(best!.spec).toEqual(defaultSpec('layer_norm'));
    expect(best!.recovered!.weight).toEqual(rest.weight!.values);
    best!.recovered!.bias.forEach((value, c) => expect(value).toBeCloseTo(bias!.values[c] as number, 9));
  });

  it('recovers nothing from two rows, which any norm fits', () => {
    const twoRows = made({}, [1, 0.1], 0.5);
    expect(identify({ ...twoRows, weight: undefined, bias: undefined })).toMatchObject({
      best: undefined,
      ambiguous: true,
    });
  });

  it('names no convention for a y that none made', () => {
    const { x } = made({}, varied, 0.5);
    const y = (x.values as Float64Array).map((value) => value / (1 + Math.abs(value)));
    const { best, ambiguous, explanation } = identify({
      spec: defaultSpec('layer_norm'),
      x,
      output: tensor('y', x.shape, y),
    });
    expect(best).toBeUndefined();
    expect(ambiguous).toBe(true);
    expect(explanation).toMatch(/^No convention that was tried explains y.*No weight and bias is known/);
  });

  it('says nothing of rows that hold NaN throughout', () => {
    const nan = tensor('x', [2, 4], new Float64Array(8).fill(NaN));
    expect(identify({ spec: defaultSpec('layer_norm'), x: nan, output: nan })).toMatchObject({
      best: undefined,
      candidates: [],
      ambiguous: true,
    });
  });

  it('says that nothing of x is left in an output whose rows are all the same', () => {
    const { x } = made({}, [1, 3], 0.5);
    const bias = Float64Array.from({ length: 16 }, (_, i) => i - 4);
    const output = tensor(
      'y',
      x.shape,
      Float64Array.from({ length: 32 }, (_, i) => bias[i % 16]),
    );
    const { best, explanation } = identify({ spec: defaultSpec('layer_norm'), x, output });
    expect(best).toBeUndefined();
    expect(explanation).toMatch(/^Every row of y is the same, .*: nothing of x is left in y/);
  });

  it('says how many rows it could judge', () => {
    const { output, ...rest } = made({}, varied, 0.5);
    const values = (output!.values as Float64Array).map((value, i) => (i === 3 ? NaN : value));
    const { best, explanation } = identify({ ...rest, output: { ...output!, values } });
    expect(best!.spec).toEqual(defaultSpec('layer_norm'));
    expect(explanation).toMatch(/Only 4 of 5 rows could be judged/);
  });

  it('refuses a y of another shape', () => {
    const { output, ...rest } = made({}, varied, 0);
    expect(() => identify(rest)).toThrow(/no output y/);
    expect(() => identify({ ...rest, output: { ...output!, shape: [80] } })).toThrow(/y has shape \(80\)/);
  });

  const large: [Partial<NormSpec>, isKnown: boolean][] = [
    [{}, true],
    [{}, false],
    [{ kind: 'group_norm', numGroups: 8 }, true],
    [{ kind: 'group_norm', numGroups: 8 }, false],
    [{ eps: 3e-4 }, false],
  ];
  it.each(large)('answers for (512, 768) within two seconds: %o, the weight known: %s', (convention, isKnown) => {
    const stds = Array.from({ length: 512 }, (_, i) => 0.1 + i / 100);
    const normCase = made(convention, stds, 0.5, 768);
    const known = isKnown ? {} : { weight: undefined, bias: undefined };
    const start = process.cpuUsage();
    const { best, explanation } = identify({ ...normCase, ...known });
    // Of the processor, which others may be using too.
    expect(process.cpuUsage(start).user / 1e6).toBeLessThan(2);
    const { eps, ...rest } = { ...defaultSpec(convention.kind ?? 'layer_norm'), ...convention };
    expect(best!.spec, explanation).toMatchObject(rest);
    expect(best!.spec.eps).toBeCloseTo(eps, 8);
  });
});

/** Rounds to bfloat16, ties to even. */
function toBfloat16(value: number): number {
  const bits = new Uint32Array(Float32Array.of(value).buffer);
  bits[0] = (bits[0] + 0x7fff + ((bits[0] >> 16) & 1)) & 0xffff0000;
  return new Float32Array(bits.buffer)[0];
}

describe('identify, on what PyTorch computed', () => {
  it.each(plainCases.filter((name) => /^(layer|rms)_norm/.test(name)))('%s', async (name) => {
    const { spec, shape, parameters: affine, array } = await loadNormFixture(name);
    const found = identify({
      spec,
      x: tensor('x', shape, array('x')),
      output: tensor('y', shape, array('y')),
      weight: affine.weight && tensor('weight', shape.slice(shape.length - spec.axes.length), affine.weight),
      bias: affine.bias && tensor('bias', shape.slice(shape.length - spec.axes.length), affine.bias),
    });
    expect(
      found.candidates.filter((candidate) => candidate.score <= 8).map((candidate) => candidate.spec),
    ).toContainEqual(spec);
    if (!found.ambiguous) {
      expect(found.best!.spec).toEqual(spec);
    }
  });
});

describe('identify, on norms of other kinds', () => {
  const recorded = plainCases.filter((name) => /^(batch|group|instance|l2)_norm/.test(name));
  it.each(recorded)('%s', async (name) => {
    const { spec, shape, parameters, array } = await loadNormFixture(name);
    const features = (values: Float64Array | undefined) => values && tensor('feature', [values.length], values);
    const found = identify({
      spec: defaultSpec('layer_norm'),
      x: tensor('x', shape, array('x')),
      output: tensor('y', shape, array('y')),
      weight: features(parameters.weight),
      bias: features(parameters.bias),
      ...(spec.training
        ? {}
        : { runningMean: features(parameters.runningMean), runningVar: features(parameters.runningVar) }),
    });
    const { y } = forward(found.best!.spec, shape, array('x'), {});
    expect(found.best, found.explanation).toBeDefined();
    expect(found.best!.maxAbsError).toBeLessThan(1e-9);
    expect(y).toHaveLength(array('y').length);
    const fitting = found.candidates.filter(({ score }) => score <= 8).map((candidate) => candidate.spec);
    const { kind, numGroups, training, eps } = spec;
    // A group of all channels and one of each are other norms by name.
    if (!/1_group|c_groups|no_affine/.test(name)) {
      const running = kind === 'batch_norm' ? { training } : {};
      const groups = kind === 'group_norm' ? { numGroups } : {};
      expect(fitting).toContainEqual(expect.objectContaining({ kind, eps, ...running, ...groups }));
    }
  });

  it('knows the one scalar of a scale_norm', () => {
    const { x } = made({}, varied, 0.5);
    const weight = tensor('weight', [1], Float64Array.of(4));
    const { y } = forward({ ...defaultSpec('scale_norm') }, x.shape, x.values as Float64Array, {
      weight: Float64Array.of(4),
    });
    const found = identify({ spec: defaultSpec('layer_norm'), x, weight, output: tensor('y', x.shape, y) });
    expect(found.best!.spec.kind, found.explanation).toBe('scale_norm');
  });

  it('names PyTorch’s convention first where others round alike, or the stated one', () => {
    const { x } = made({}, [1e3, 2e3], 0.5);
    const y = forward(defaultSpec('l2_norm'), x.shape, x.values as Float64Array, {}).y.map(Math.fround);
    const normCase = { spec: defaultSpec('layer_norm'), x, output: tensor('y', x.shape, y) };
    const { best, ambiguous, explanation } = identify(normCase);
    expect([best!.spec, ambiguous]).toEqual([defaultSpec('l2_norm'), true]);
    expect(explanation).toMatch(
      /^y is L2 norm .* with ε 1e-12 as a lower clamp .*, and \d+ more conventions round alike: /,
    );
    const stated = { ...defaultSpec('l2_norm'), eps: 1e-8 };
    expect(identify({ ...normCase, spec: stated }).best!.spec).toEqual(stated);
  });

  it('needs no running statistics for a norm that takes its own, whatever they are of', () => {
    const half = roundTo('float16');
    const { x } = made({}, varied, 0.5);
    const y = forward(defaultSpec('layer_norm'), x.shape, x.values as Float64Array, {}).y;
    const inHalf = (name: string, values: Float64Array) =>
      ({ name, dtype: 'float16', shape: x.shape, values: values.map(half) }) as const;
    const statistics = tensor('statistics', [3], Float64Array.of(1, 2, 3));
    const { best } = identify({
      spec: defaultSpec('layer_norm'),
      x: inHalf('x', x.values as Float64Array),
      output: inHalf(
        'y',
        y.map((value) => Math.abs(value)),
      ),
      runningMean: statistics,
      runningVar: statistics,
    });
    expect(best).toBeUndefined();
  });

  it('passes over running statistics that are not of the channels on trial', () => {
    const random = new Random(2);
    const shape = [3, 4, 5, 5];
    const x = random.normals(300);
    const [runningMean, runningVar] = [random.normals(4), random.normals(4).map(Math.exp)];
    const spec = defaultSpec('batch_norm');
    const { best } = identify({
      spec: defaultSpec('layer_norm'),
      x: tensor('x', shape, x),
      output: tensor('y', shape, forward(spec, shape, x, { runningMean, runningVar }).y),
      runningMean: tensor('mean', [4], runningMean),
      runningVar: tensor('var', [4], runningVar),
    });
    expect(best!.spec).toEqual(spec);
  });

  it('says which shapes it cannot place', () => {
    const { x, output } = made({}, varied, 0.5);
    expect(() =>
      identify({ spec: defaultSpec('layer_norm'), x, output, weight: tensor('w', [7], new Float64Array(7)) }),
    ).toThrow(/no axes of it that a weight or bias of the given shape could run along/);
  });
});

/** What each fault of the answer key does to the claimed convention; absent: no convention that is tried. */
const changes: Record<string, Partial<NormSpec>> = {
  unbiased_variance: { divisor: 'n-1' },
  eps_outside_sqrt: { epsPlace: 'outside' },
  rmsnorm: { kind: 'rms_norm' },
  weight_plus_one: { weightOffset: 1 },
  bias_omitted: {},
  wrong_axis: { axes: [-2] },
};

const keys = ['case_01', 'case_02', 'case_03', 'case_04', 'case_05', 'case_09', 'case_13', 'case_15', 'case_16'];

describe.each(keys)('identify, on broken %s', (key) => {
  const { file, claimed, faults, healthy_sites } = answers[key];
  it.each([...healthy_sites.map((site) => ({ site, kind: 'healthy' })), ...faults])('$site: $kind', async (fault) => {
    const cases = await casesOf(await openFixture(`dumps/broken/${file}`));
    const { best, candidates, ambiguous, explanation } = identify(cases.get(fault.site)!);
    if (fault.kind === 'fp16_statistics_overflow') {
      expect(best!.spec, explanation).toMatchObject({ kind: claimed[fault.site].op, computeDtype: 'float16' });
      return;
    }
    const { op, eps } = claimed[fault.site];
    const expected = { ...defaultSpec(op), eps, ...changes[fault.kind] };
    expect(best, explanation).toBeDefined();
    expect(best!.biasApplied).toBe(fault.kind !== 'bias_omitted');
    expect(best!.spec).toEqual(expected);
    expect(candidates[0]).toEqual(best);
    // Float16 has too few digits for an eps so far below the variance.
    expect(ambiguous, explanation).toBe(key === 'case_09');
  });
});
