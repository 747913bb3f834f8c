import { describe, expect, it } from 'vitest';
import { defaultSpec, type NormSpec } from '../../../src/norm/normSpec';
import { RowNormalizer } from '../../../src/norm/rowNormalizer';

const layerNorm = { ...defaultSpec('layer_norm'), eps: 0.5 };
const row = Float64Array.of(1, 2, 4, 7);

/** The row's fields under a spec. */
function fieldsOf(spec: typeof layerNorm, x: Float64Array = row) {
  const normalizer = new RowNormalizer(spec, x.length);
  normalizer.normalize(x, 0, new Float64Array(x.length), 0);
  return normalizer;
}

/** (∂D/∂c) / c by moving the row away from its mean a little: along c, D changes by that times Σ c². */
function slopeOfDenominator(spec: typeof layerNorm): number {
  const centred = row.map((value) => value - 3.5);
  const step = 1e-6;
  const at = (factor: number) =>
    1 /
    fieldsOf(
      spec,
      row.map((value, c) => value + factor * centred[c]),
    ).rstd;
  return (at(step) - at(-step)) / (2 * step) / centred.reduce((sum, value) => sum + value * value, 0);
}

describe.each(['inside', 'outside', 'clamp'] as const)('eps %s', (epsPlace) => {
  it.each(['n', 'n-1'] as const)('varianceFactor is the slope of D, divisor %s', (divisor) => {
    const spec = { ...layerNorm, epsPlace, divisor };
    expect(fieldsOf(spec).varianceFactor).toBeCloseTo(slopeOfDenominator(spec), 8);
  });

  it('a row scaled to the ends of float64 changes by powers of two only', () => {
    const plain = fieldsOf({ ...layerNorm, epsPlace, eps: 0 });
    for (const scale of [2 ** 600, 2 ** -600]) {
      const scaled = fieldsOf(
        { ...layerNorm, epsPlace, eps: 0 },
        row.map((value) => value * scale),
      );
      expect(scaled.rstd).toBe(plain.rstd / scale);
      expect(scaled.varianceFactor).toBe(plain.varianceFactor / scale);
      expect(scaled.curvatureLength).toBe(plain.curvatureLength * scale);
    }
  });

  it('a constant row with eps 0 is not differentiable', () => {
    expect(fieldsOf({ ...layerNorm, epsPlace, eps: 0 }, Float64Array.of(3, 3)).differentiable).toBe(false);
    expect(fieldsOf({ ...layerNorm, epsPlace }).differentiable).toBe(true);
  });
});

it('D follows x no more where it is clamped, and has a kink where clamping begins', () => {
  const clamp = { ...layerNorm, epsPlace: 'clamp' } as const;
  expect(fieldsOf({ ...clamp, eps: 10 })).toMatchObject({ varianceFactor: 0, rstd: 0.1, differentiable: true });
  expect(fieldsOf({ ...clamp, eps: Math.sqrt(5.25) }).differentiable).toBe(false);
});

it('eps outside has a kink at zero variance, eps inside has none', () => {
  const constant = Float64Array.of(3, 3, 3);
  expect(fieldsOf({ ...layerNorm, epsPlace: 'outside' }, constant).differentiable).toBe(false);
  expect(fieldsOf(layerNorm, constant).differentiable).toBe(true);
});

it('reads and writes where it is told', () => {
  const out = new Float64Array(5);
  new RowNormalizer({ ...layerNorm, eps: 0 }, 2).normalize(Float64Array.of(9, 9, 1, 3), 2, out, 1);
  expect(out).toEqual(Float64Array.of(0, -1, 1, 0, 0));
});

describe('an rms_norm that measures other values than it divides', () => {
  const x = Float64Array.of(1, 2, 3, 4, 10, 20);
  const normalized = (change: Partial<NormSpec>) => {
    const out = new Float64Array(6);
    new RowNormalizer({ ...defaultSpec('rms_norm'), eps: 0, ...change }, 6).normalize(x, 0, out, 0);
    return Array.from(out);
  };

  it('with a central second moment divides x by its standard deviation, as Keras’ rms_scaling', () => {
    const mean = 40 / 6;
    const std = Math.sqrt(x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 6);
    normalized({ secondMoment: 'central' }).forEach((value, i) => expect(value).toBeCloseTo(x[i] / std, 14));
  });

  it('takes a partial mean square of the first values, and divides all by it', () => {
    const rms = Math.sqrt((1 + 4 + 9 + 16) / 4);
    normalized({ partial: 0.7 }).forEach((value, i) => expect(value).toBeCloseTo(x[i] / rms, 14));
  });

  it('measures at least one value', () => {
    expect(normalized({ partial: 0.01 })).toEqual(Array.from(x));
  });
});
