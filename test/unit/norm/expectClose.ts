import { expect } from 'vitest';

/**
 * Asserts that two arrays agree, every element, within `tolerance` of the largest finite magnitude of the expected one.
 * NaN and each infinity equal only themselves.
 */
export function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(found.length).toBe(expected.length);
  const largest = Array.from(expected)
    .filter(Number.isFinite)
    .reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  const wrong = Array.from(expected, (value, i) => ({ i, found: found[i], expected: value })).filter(
    ({ found: f, expected: e }) => !(Object.is(f, e) || f === e || Math.abs(f - e) <= tolerance * largest),
  );
  expect(wrong.slice(0, 5), `${wrong.length} of ${expected.length} differ; largest magnitude ${largest}`).toEqual([]);
}
