import { describe, expect, it } from 'vitest';
import { forward } from '../../../../src/norm/forward';
import { identify } from '../../../../src/norm/identify/identify';
import type { NormCase } from '../../../../src/norm/normCase';
import { defaultSpec, type NormKind, type NormSpec } from '../../../../src/norm/normSpec';
import { Random } from '../../../../src/norm/random';
import { roundTo } from '../../../../src/tensor/roundFloat';
import type { Tensor } from '../../../../src/tensor/tensor';

// Conventions drawn at random, in every number format, on rows of every size: what identify settles on must be right, and in
// float64 on rows that show everything it must settle on all.

const dtypes = ['float64', 'float32', 'float16', 'bfloat16'] as const;
type Dtype = (typeof dtypes)[number];

interface Drawn {
  readonly truth: NormSpec;
  readonly normCase: NormCase;
}

function drawn(seed: number, dtype: Dtype): Drawn {
  const random = new Random(seed);
  const pick = <T>(options: readonly T[]): T => options[Math.floor(random.uniform() * options.length)];
  const kind = pick<NormKind>(['layer_norm', 'layer_norm', 'rms_norm', 'rms_norm', 'l2_norm']);
  const hasWeight = kind !== 'l2_norm' && pick([true, true, false]);
  const truth: NormSpec = {
    ...defaultSpec(kind),
    eps: pick([0, 1e-12, 1e-6, 1e-5, 1e-3, 3e-4]),
    epsPlace: pick(['inside', 'inside', 'outside', 'clamp']),
    divisor: kind === 'l2_norm' ? 'n' : pick(['n', 'n', 'n-1']),
    weightOffset: hasWeight ? pick([0, 0, 1]) : 0,
  };
  const [rows, cols] = [pick([1, 2, 5, 12, 40]), pick([4, 16, 48])];
  const [mean, exponents] = [
    pick([0, 0.3, 5]),
    pick([
      [0, 0],
      [-3, 0.5],
      [-3, -2],
      [2, 4],
    ] as const),
  ];
  const round = roundTo(dtype);
  const numbers = (count: number, of: (i: number) => number) =>
    Float64Array.from({ length: count }, (_, i) => round(of(i)));
  const stds = Array.from(
    { length: rows },
    () => 10 ** (exponents[0] + random.uniform() * (exponents[1] - exponents[0])),
  );
  const x = numbers(rows * cols, (i) => stds[Math.floor(i / cols)] * (mean + random.normal()));
  const weight = hasWeight ? numbers(cols, () => 1 - truth.weightOffset + 0.3 * random.normal()) : undefined;
  const bias =
    hasWeight && kind === 'layer_norm' && pick([true, false]) ? numbers(cols, () => random.normal()) : undefined;
  const { y } = forward(truth, [rows, cols], x, { weight, bias });
  const tensor = (name: string, shape: number[], values: Float64Array): Tensor => ({
    name,
    dtype: 'float64',
    shape,
    values,
  });
  return {
    truth,
    normCase: {
      spec: defaultSpec('layer_norm'),
      x: tensor('x', [rows, cols], x),
      output: tensor('y', [rows, cols], y.map(round)),
      weight: weight && tensor('weight', [cols], weight),
      bias: bias && tensor('bias', [cols], bias),
    },
  };
}

/** The same factor of the rows: without ε its place means nothing. */
function agrees(found: NormSpec, truth: NormSpec): boolean {
  const epsAgrees = found.eps === truth.eps || Math.abs(found.eps / truth.eps - 1) < 0.15;
  const placeAgrees = truth.eps === 0 || found.epsPlace === truth.epsPlace;
  const axesAgree = found.axes.join() === truth.axes.join();
  const rest = (['kind', 'divisor', 'weightOffset', 'secondMoment', 'partial'] as const).every(
    (key) => found[key] === truth[key],
  );
  return epsAgrees && placeAgrees && axesAgree && rest;
}

describe.each(dtypes)('identify, on random conventions in %s', (dtype) => {
  it('is never wrong where it settles on one', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const { truth, normCase } = drawn(seed, dtype);
      const { best, ambiguous, explanation } = identify(normCase);
      if (best && !ambiguous) {
        expect(agrees(best.spec, truth), `seed ${seed}: ${JSON.stringify(truth)}; ${explanation}`).toBe(true);
      }
    }
  });
});

it('settles on most conventions in float64, and on y of the right size in all', () => {
  let settled = 0;
  for (let seed = 1; seed <= 60; seed++) {
    const { normCase } = drawn(seed, 'float64');
    const { best, ambiguous } = identify(normCase);
    settled += best && !ambiguous ? 1 : 0;
  }
  expect(settled).toBeGreaterThan(25);
});

describe('identify, on y that no norm made', () => {
  const random = new Random(3);
  const shape = [12, 16];
  const values = Float64Array.from({ length: 12 * 16 }, (_, i) => (1 + (i >> 4)) * random.normal());
  const x: Tensor = { name: 'x', dtype: 'float64', shape, values };
  const of = (make: (value: number, i: number) => number): NormCase => ({
    spec: defaultSpec('layer_norm'),
    x,
    output: { name: 'y', dtype: 'float64', shape, values: values.map(make) },
  });

  it.each<[string, (value: number, i: number) => number]>([
    ['softsign', (value) => value / (1 + Math.abs(value))],
    ['relu', (value) => Math.max(0, value)],
    ['noise', () => random.normal()],
    ['a constant per feature', (_, i) => i % 16],
  ])('finds none behind %s', (_, make) => {
    expect(identify(of(make)).best).toBeUndefined();
  });

  it.each<[string, (value: number, i: number) => number]>([
    ['x itself', (value) => value],
    ['x times a factor', (value) => 0.2 * value],
    ['a weight and a bias', (value, i) => value * (1 + (i % 16)) + ((i % 16) % 3)],
  ])('says of %s that nothing was normalized', (_, make) => {
    const { best, explanation } = identify(of(make));
    expect(best, explanation).toBeUndefined();
  });

  it('knows a tanh of x, with the α, weight and bias that it fits', () => {
    const { best, explanation } = identify(of((value, i) => Math.tanh(0.8 * value) * (1 + (i % 16)) + ((i % 16) % 3)));
    expect(best?.spec.kind, explanation).toBe('dyt');
    expect(best!.alpha).toBeCloseTo(0.8, 9);
    best!.recovered!.weight.forEach((weight, c) => expect(weight).toBeCloseTo(1 + c, 9));
    expect(explanation).toMatch(/^y is DyT, tanh\(α x\) with α 0\.8;/);
  });

  it('knows Keras’s rms_scaling, which divides by the standard deviation and centres nothing', () => {
    const spec: NormSpec = { ...defaultSpec('rms_norm'), secondMoment: 'central', eps: 1e-3 };
    const shifted = values.map((value) => value * 0.1 + 0.5);
    const output = { ...x, name: 'y', values: forward(spec, shape, shifted, {}).y };
    const { best, ambiguous } = identify({ spec: defaultSpec('layer_norm'), x: { ...x, values: shifted }, output });
    expect(best!.spec).toEqual(spec);
    expect(ambiguous).toBe(false);
  });
});
