import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toleranceOf } from '../../../src/norm/closeness';
import { TensorDifference, type Difference } from '../../../src/norm/tensorDifference';
import type { DType, Values } from '../../../src/tensor/dtype';

function differenceOf(a: Values, b: Values, dtype: DType = 'float64', cols = a.length): Difference {
  const difference = new TensorDifference(dtype, dtype, toleranceOf(dtype, dtype), cols);
  difference.add(a, b);
  return difference.result();
}

describe('TensorDifference', () => {
  it('measures against the second tensor', () => {
    const found = differenceOf(Float64Array.of(11, 0, 4), Float64Array.of(10, 0, 5));
    expect(found).toMatchObject({ count: 3, equal: 1, beyond: 2, maxAbs: 1, maxRel: 0.1, maskMismatches: 0 });
    expect(found.relL2).toBeCloseTo(Math.sqrt(2 / 125), 15);
    expect(found.cosine).toBeCloseTo(130 / Math.sqrt(137 * 125), 15);
    expect(found.worst).toEqual({ position: 0, a: 11, b: 10 });
  });

  it('takes the reference for the scale of rtol, as allclose does', () => {
    // numpy.allclose(10, 11, rtol=0.095) is True, numpy.allclose(11, 10, rtol=0.095) is False.
    const beyond = (a: number, b: number) => {
      const difference = new TensorDifference('float64', 'float64', { atol: 0, rtol: 0.095 }, 1);
      difference.add(Float64Array.of(a), Float64Array.of(b));
      return difference.result().beyond;
    };
    expect([beyond(10, 11), beyond(11, 10)]).toEqual([0, 1]);
  });

  it('counts NaN and each infinity as equal to themselves alone, and points to the first mismatch', () => {
    const a = Float64Array.of(NaN, Infinity, -Infinity, 1, NaN, 100);
    const b = Float64Array.of(NaN, Infinity, Infinity, NaN, 2, 1);
    expect(differenceOf(a, b)).toMatchObject({
      equal: 2,
      beyond: 4,
      maskMismatches: 3,
      nan: { a: 2, b: 2 },
      inf: { a: 2, b: 2 },
      maxAbs: 99,
      worst: { position: 2, a: -Infinity, b: Infinity },
    });
  });

  it('counts units of the last place of the format, and only of numbers that matter in their row', () => {
    const next = 1 + 2 ** -23;
    expect(differenceOf(Float32Array.of(next, 0), Float32Array.of(1, 0), 'float32').maxUlp).toBe(1);
    expect(differenceOf(Float32Array.of(8, 1e-6), Float32Array.of(8, 0), 'float32').maxUlp).toBe(0);
    expect(differenceOf(Float32Array.of(8, 2e-6), Float32Array.of(8, 1e-6), 'float32').maxUlp).toBe(0);
    // In rows of one the small number is its row's largest.
    expect(differenceOf(Float32Array.of(8, 2e-6), Float32Array.of(8, 1e-6), 'float32', 1).maxUlp).toBeGreaterThan(1e6);
  });

  it('tells integers apart that round to the same float64', () => {
    const found = differenceOf(BigInt64Array.of(2n ** 53n + 1n), BigInt64Array.of(2n ** 53n), 'int64');
    expect(found).toMatchObject({ equal: 0, beyond: 1, maxAbs: 1 });
  });

  it('compares the parts of complex numbers', () => {
    // The same magnitude, another phase.
    const found = differenceOf(Float64Array.of(1, 1, 3, 4), Float64Array.of(1, 1, 4, 3), 'complex128');
    expect(found).toMatchObject({ count: 4, equal: 2, maxAbs: 1, worst: { position: 1, a: 3, b: 4 } });
  });

  it('finds the same whatever the stretches it is given', () => {
    const numbers = fc.array(fc.double({ min: -1e3, max: 1e3 }), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(numbers, numbers, fc.integer({ min: 1, max: 3 }), (a, b, rows) => {
        const whole = differenceOf(Float64Array.from(a), Float64Array.from(b), 'float64', 4);
        const parts = new TensorDifference('float64', 'float64', toleranceOf('float64', 'float64'), 4);
        for (const [start, end] of [[0, rows * 4] as const, [rows * 4, 12] as const]) {
          parts.add(Float64Array.from(a.slice(start, end)), Float64Array.from(b.slice(start, end)));
        }
        expect(parts.result()).toEqual(whole);
      }),
    );
  });

  it('has no cosine where there is no length, and no worst place where there is no value', () => {
    expect(differenceOf(Float64Array.of(0), Float64Array.of(0))).toMatchObject({ cosine: NaN, relL2: 0, maxRel: 0 });
    expect(differenceOf(Float64Array.of(1), Float64Array.of(0))).toMatchObject({ relL2: Infinity, maxRel: Infinity });
    expect(differenceOf(Float64Array.of(), Float64Array.of())).toMatchObject({ count: 0, worst: undefined });
  });
});
