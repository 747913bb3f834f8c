import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { momentsOf, variance } from '../../../src/norm/moments';
import { rowMoments } from '../../../src/report/rowMoments';

describe('rowMoments', () => {
  it('agrees with the moments of each row, whatever its magnitude and offset', () => {
    const value = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e3, max: 1e3 });
    const row = fc.tuple(
      fc.array(value, { minLength: 4, maxLength: 4 }),
      fc.constantFrom(1, 1e-300, 1e300, 1e-3),
      value,
    );
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 8 }), (rows) => {
        const values = Float64Array.from(rows.flatMap(([xs, scale, offset]) => xs.map((x) => (x + offset) * scale)));
        const found = rowMoments(values, { rows: rows.length, cols: 4 });
        rows.forEach((_, r) => {
          const moments = momentsOf(values, 4 * r, 4 * r + 4);
          expect(Math.abs(found.mean[r] - moments.mean)).toBeLessThanOrEqual(1e-15 * moments.absMax);
          const std = Math.sqrt(variance(moments));
          const foundStd = Math.sqrt(found.variance[r]);
          // Beyond the range of float64 both are Infinity.
          expect(foundStd === std || Math.abs(foundStd - std) <= 1e-12 * moments.absMax).toBe(true);
        });
      }),
    );
  });

  it('keeps 10000 + i · 1e-3 from cancelling', () => {
    const values = Float64Array.from({ length: 1000 }, (_, i) => 10000 + i * 1e-3);
    const { variance: found } = rowMoments(values, { rows: 1, cols: 1000 });
    expect(Math.abs(found[0] / ((1e6 - 1) / 12 / 1e6) - 1)).toBeLessThan(1e-9);
  });

  it('shows NaN and infinities of a row as the norm sees them', () => {
    const { mean, variance: found } = rowMoments(Float64Array.of(1, NaN, Infinity, 3, Infinity, -Infinity, 1, 3), {
      rows: 4,
      cols: 2,
    });
    expect(Array.from(mean)).toEqual([NaN, Infinity, NaN, 2]);
    expect(Array.from(found)).toEqual([NaN, NaN, NaN, 1]);
  });

  it('takes a moment for millions of short rows', () => {
    const start = performance.now();
    rowMoments(new Float64Array(8_000_000).fill(1.5), { rows: 4_000_000, cols: 2 });
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
