import { describe, expect, it } from 'vitest';
import { GradientTally } from '../../../src/norm/gradientTally';

/** The result of a (2, 3) gradient whose elements are [found, expected, scale]. */
function resultOf(elements: [found: number, expected: number, scale: number][], limit = 1e-3) {
  const tally = new GradientTally(elements.length);
  elements.forEach((element, position) => tally.add(position, ...element));
  return tally.result('gradInput', 'analytic', [2, 3], limit);
}

describe('GradientTally', () => {
  it('judges each element in units of its own scale', () => {
    const result = resultOf([
      [1000.5, 1000, 1000],
      [2, 2, 1],
      [0.1, 0.2, 1],
      [1, 1, 1],
      [1.01, 1, 1],
    ]);
    expect(result).toMatchObject({ passed: false, maxAbsError: 0.5, worstIndex: [0, 2], found: 0.1, expected: 0.2 });
    expect(result.maxRelError).toBeCloseTo(0.1, 15);
    expect(Array.from(result.errors.error, (error) => error <= 1e-3)).toEqual([true, true, false, true, false]);
    expect(Array.from(result.errors.position)).toEqual([0, 1, 2, 3, 4]);
  });

  it('passes up to the limit', () => {
    expect(resultOf([[1.5, 1, 1]], 0.5).passed).toBe(true);
    expect(resultOf([[1.5, 1, 1]], 0.4).passed).toBe(false);
  });

  it('takes NaN for NaN and each infinity for itself', () => {
    const same: [number, number, number][] = [
      [NaN, NaN, NaN],
      [Infinity, Infinity, 1],
      [0, 0, 0],
    ];
    expect(resultOf(same)).toMatchObject({ passed: true, maxAbsError: 0, maxRelError: 0 });
  });

  it.each([
    [NaN, 1, 1],
    [1, NaN, NaN],
    [Infinity, -Infinity, 1],
    [1e-300, 0, 0],
    [1, 2, NaN],
  ])('%d for %d, scale %d, is infinitely wrong', (found, expected, scale) => {
    expect(
      resultOf([
        [1, 1, 1],
        [found, expected, scale],
      ]),
    ).toMatchObject({ passed: false, maxRelError: Infinity, worstIndex: [0, 1] });
  });
});
