import fc from 'fast-check';
import { expect, it } from 'vitest';
import { integerMoments } from '../../../src/norm/integerMoments';
import { excessKurtosis, momentsOf, rms, skewness, variance } from '../../../src/norm/moments';

it('tells neighbours beyond 2^53 apart', () => {
  const moments = integerMoments(BigInt64Array.of(2n ** 53n, 2n ** 53n + 1n, 2n ** 53n + 1n, 2n ** 53n));
  expect([variance(moments), skewness(moments), excessKurtosis(moments)]).toEqual([0.25, 0, -2]);
  expect(moments.mean).toBe(2 ** 53);
});

it('reaches both ends of 64 bits', () => {
  const signed = integerMoments(BigInt64Array.of(-(2n ** 63n), 2n ** 63n - 1n));
  expect(signed).toMatchObject({ count: 2, min: -(2 ** 63), max: 2 ** 63, absMax: 2 ** 63 });
  expect(variance(signed)).toBe(2 ** 126);
  const unsigned = integerMoments(BigUint64Array.of(2n ** 64n - 1n, 0n));
  expect(unsigned).toMatchObject({ count: 2, zero: 1, min: 0, max: 2 ** 64, mean: 2 ** 63 });
});

it('of no values there are none', () => {
  expect(integerMoments(new BigInt64Array(0))).toEqual(momentsOf([]));
});

it('agrees with float64 where that is exact', () => {
  fc.assert(
    fc.property(fc.array(fc.maxSafeInteger(), { minLength: 2, maxLength: 20 }), (values) => {
      const found = integerMoments(BigInt64Array.from(values, BigInt));
      const expected = momentsOf(values);
      const { count, zero, min, max, absMax } = expected;
      // BigInt has no −0.
      expect(found).toMatchObject({ count, zero, min: min + 0, max: max + 0, absMax: absMax + 0 });
      expect(Math.abs(found.mean - expected.mean)).toBeLessThanOrEqual(1e-15 * absMax);
      expect(Math.abs(variance(found) - variance(expected))).toBeLessThanOrEqual(1e-14 * absMax ** 2);
      expect(Math.abs(rms(found) - rms(expected))).toBeLessThanOrEqual(1e-14 * absMax);
    }),
  );
});
