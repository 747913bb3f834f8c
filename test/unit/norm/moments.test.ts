import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  excessKurtosis,
  l2,
  mergeMoments,
  momentsOf,
  rms,
  skewness,
  std,
  variance,
  type Moments,
} from '../../../src/norm/moments';
import { Random } from '../../../src/norm/random';

const relative = (found: number, expected: number) => Math.abs(found - expected) / Math.abs(expected);

describe('momentsOf', () => {
  it('the scores 20, 50, 60, 80, 90 have mean 60 and variance 600', () => {
    const moments = momentsOf([20, 50, 60, 80, 90]);
    expect(moments).toMatchObject({ count: 5, min: 20, max: 90, absMax: 90, mean: 60, zero: 0 });
    expect(variance(moments)).toBe(600);
    expect(std(moments)).toBe(24.49489742783178);
    expect(rms(moments)).toBeCloseTo(Math.sqrt(4200), 13);
    expect(l2(moments)).toBeCloseTo(Math.sqrt(21000), 12);
  });

  it('counts what is not finite and leaves it out of the statistics', () => {
    const moments = momentsOf([NaN, 1, Infinity, -0, -Infinity, 3, Infinity, 0]);
    expect(moments).toMatchObject({ count: 8, nan: 1, posInf: 2, negInf: 1, zero: 2, min: -0, max: 3, mean: 1 });
    expect(variance(moments)).toBe(1.5);
  });

  it('takes a range', () => {
    expect(momentsOf([1, 2, 3, 4, 5], 1, 3)).toMatchObject({ count: 2, mean: 2.5, min: 2, max: 3 });
  });

  it.each([[[]], [[NaN, Infinity]]])('has no statistics where no value is finite: %j', (values) => {
    const moments = momentsOf(values);
    for (const value of [moments.mean, moments.min, moments.max, moments.absMax, variance(moments), rms(moments)]) {
      expect(value).toBeNaN();
    }
    expect([skewness(moments), excessKurtosis(moments), l2(moments)]).toEqual([NaN, NaN, 0]);
  });

  it.each([0.1, 1234, 1000.3, -1e30, 1e308, 5e-324])('a constant row of %d has variance 0 and no shape', (value) => {
    const moments = momentsOf(new Float64Array(256).fill(value));
    expect(moments.mean).toBe(value);
    expect(variance(moments)).toBe(0);
    expect(skewness(moments)).toBeNaN();
    expect(excessKurtosis(moments)).toBeNaN();
  });

  it('does not cancel: 10000 + i · 2^-10', () => {
    const n = 1000;
    const moments = momentsOf(Array.from({ length: n }, (_, i) => 10000 + i * 2 ** -10));
    expect(relative(moments.mean, 10000 + ((n - 1) / 2) * 2 ** -10)).toBeLessThan(1e-15);
    expect(relative(variance(moments), ((n * n - 1) / 12) * 2 ** -20)).toBeLessThan(1e-14);
    expect(Math.abs(skewness(moments))).toBeLessThan(1e-12);
    expect(relative(excessKurtosis(moments), (-6 * (n * n + 1)) / (5 * (n * n - 1)))).toBeLessThan(1e-13);
  });

  it('keeps the mean of values that cancel', () => {
    expect(momentsOf([1e20, 1, -1e20]).mean).toBe(1 / 3);
  });

  it('neither overflows nor underflows', () => {
    const values = [1, 2, 4, 7, 11];
    const plain = momentsOf(values);
    for (const scale of [2 ** 1020, 2 ** -1060]) {
      const moments = momentsOf(values.map((value) => value * scale));
      expect(moments.mean).toBe(plain.mean * scale);
      expect(rms(moments)).toBe(rms(plain) * scale);
      expect(std(moments)).toBe(std(plain) * scale);
      expect(skewness(moments)).toBe(skewness(plain));
      expect(excessKurtosis(moments)).toBe(excessKurtosis(plain));
    }
    expect(variance(momentsOf(values.map((value) => value * 2 ** 1020)))).toBe(Infinity);
    expect(momentsOf([1.7e308, 1.7e308, -1.7e308]).mean).toBeCloseTo(1.7e308 / 3, -300);
  });

  it('knows the shape of a distribution', () => {
    const exponential = momentsOf(new Random(1).normals(200_000).map((value) => value * value));
    expect(relative(skewness(exponential), Math.sqrt(8))).toBeLessThan(0.03);
    expect(relative(excessKurtosis(exponential), 12)).toBeLessThan(0.06);
  });
});

describe('mergeMoments', () => {
  const value = fc.oneof(
    fc.double({ min: -1e3, max: 1e3, noNaN: true }),
    fc.constantFrom(0, NaN, Infinity, -Infinity, 1e5),
  );

  it('gives the moments of both stretches, wherever they are cut', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 40 }), fc.nat(40), (values, cut) => {
        const at = Math.min(cut, values.length);
        const merged = mergeMoments(momentsOf(values, 0, at), momentsOf(values, at));
        expectSameMoments(merged, momentsOf(values));
      }),
    );
  });

  it('does not cancel over many merges of offset values', () => {
    const values = new Random(5).normals(50_000).map((noise) => 1e4 + 1e-3 * noise);
    let merged = momentsOf(values, 0, 0);
    for (let start = 0; start < values.length; start += 500) {
      merged = mergeMoments(merged, momentsOf(values, start, start + 500));
    }
    expect(relative(variance(merged), variance(momentsOf(values)))).toBeLessThan(1e-9);
  });

  it('merges zeros with the smallest values', () => {
    const merged = mergeMoments(momentsOf([-1e-300]), momentsOf([0]));
    expect(relative(l2(merged), 1e-300)).toBeLessThan(1e-15);
    expect(relative(std(merged), 0.5e-300)).toBeLessThan(1e-15);
  });

  it('merges huge with tiny values', () => {
    const merged = mergeMoments(momentsOf([1e-300, 3e-300]), momentsOf([1.5e308, -1.5e308]));
    expect(merged).toMatchObject({ count: 4, min: -1.5e308, max: 1.5e308 });
    expect(relative(rms(merged), 1.5e308 / Math.SQRT2)).toBeLessThan(1e-15);
  });
});

function expectSameMoments(found: Moments, expected: Moments): void {
  const { count, nan, posInf, negInf, zero, absMax } = expected;
  expect(found).toMatchObject({ count, nan, posInf, negInf, zero, absMax });
  const scale = Number.isNaN(absMax) ? 1 : absMax || 1;
  const close = (a: number, b: number, unit: number) =>
    expect(Object.is(a, b) || Math.abs(a - b) <= 1e-13 * unit + 1e-300, `${a} and ${b}`).toBe(true);
  close(found.min, expected.min, 0);
  close(found.max, expected.max, 0);
  close(found.mean, expected.mean, scale);
  close(variance(found), variance(expected), scale ** 2);
  close(found.m3 * found.scale ** 3, expected.m3 * expected.scale ** 3, count * scale ** 3);
  close(found.m4 * found.scale ** 4, expected.m4 * expected.scale ** 4, count * scale ** 4);
  close(l2(found), l2(expected), scale * Math.sqrt(count));
}
