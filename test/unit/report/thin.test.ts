import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxPoints, pick, thin } from '../../../src/report/thin';

const ramp = (length: number) => Float64Array.from({ length }, (_, i) => i);

describe('thin', () => {
  it('keeps every position where a chart can show them all', () => {
    expect(Array.from(thin([ramp(5)]))).toEqual([0, 1, 2, 3, 4]);
  });

  it('keeps a single spike, a single dip and a single NaN of a million values', () => {
    const values = new Float64Array(1_000_000);
    values[123_457] = 1;
    values[654_321] = -1;
    values[777_777] = NaN;
    const shown = thin([values]);
    expect(shown.length).toBeLessThanOrEqual(1.5 * maxPoints);
    expect(Array.from(shown)).toEqual(expect.arrayContaining([123_457, 654_321, 777_777]));
  });

  it('keeps the extremes of every series and the positions asked for, in ascending order', () => {
    fc.assert(
      fc.property(fc.integer({ min: maxPoints + 1, max: 3 * maxPoints }), fc.integer(), (length, seed) => {
        const series = [1, 2].map((k) => ramp(length).map((i) => Math.sin(k * i * i + seed)));
        const shown = Array.from(thin(series, [17]));
        expect(shown).toContain(17);
        expect(shown).toEqual([...shown].sort((a, b) => a - b));
        for (const values of series) {
          expect(Math.max(...pick(values, Uint32Array.from(shown)))).toBe(Math.max(...values));
          expect(Math.min(...pick(values, Uint32Array.from(shown)))).toBe(Math.min(...values));
        }
      }),
      { numRuns: 20 },
    );
  });

  it('shows a stretch that is looked at closely in full, between the ends of the whole', () => {
    const values = ramp(1_000_000).map((i) => Math.sin(i));
    const shown = Array.from(thin([values], [], { start: 500_000, end: 501_000 }));
    const within = shown.filter((position) => position >= 500_000 && position < 501_000);
    expect(within).toHaveLength(1000);
    expect([shown[0], shown.at(-1)]).toEqual([0, 999_999]);
  });

  it('keeps every extreme of a stretch that is too long for a chart as well', () => {
    const values = new Float64Array(10_000_000);
    values[6_543_210] = 1;
    const shown = thin([values, values.map((value) => -value)], [], { start: 6_000_000, end: 7_000_000 });
    expect(Array.from(shown)).toContain(6_543_210);
    expect(shown.length).toBeLessThan(3 * maxPoints);
  });
});
