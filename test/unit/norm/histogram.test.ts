import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { histogram } from '../../../src/norm/histogram';

describe('histogram', () => {
  it('counts values in equal bins, the largest in the last', () => {
    const { edges, counts } = histogram([0, 1, 2, 2.5, 4], 4);
    expect([...edges]).toEqual([0, 1, 2, 3, 4]);
    expect([...counts]).toEqual([1, 1, 2, 1]);
  });

  it('leaves out what is not finite', () => {
    expect([...histogram([NaN, 1, Infinity, 3, -Infinity], 2).counts]).toEqual([1, 1]);
  });

  it('has one bin around values that are all the same, and none for none', () => {
    expect(histogram([7, 7, 7])).toEqual({ edges: Float64Array.of(6.5, 7.5), counts: Float64Array.of(3) });
    expect(histogram([NaN]).counts).toHaveLength(0);
  });

  it('does not overflow between the ends of the range', () => {
    expect([...histogram([-1.7e308, 1.7e308], 2).counts]).toEqual([1, 1]);
  });

  it('counts every finite value once', () => {
    fc.assert(
      fc.property(fc.array(fc.double()), fc.integer({ min: 1, max: 50 }), (values, bins) => {
        const { counts } = histogram(values, bins);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(values.filter(Number.isFinite).length);
      }),
    );
  });
});
