import { expect, it } from 'vitest';
import { bestScale, minimum } from '../../../../src/norm/identify/minimum';

it('finds the bottom of the deepest valley to the tolerance', () => {
  const valleys = (x: number) => Math.min((x - 1.234567) ** 2, (x + 3) ** 2 + 0.5);
  expect(minimum(valleys, -5, 5, 20, 1e-7).x).toBeCloseTo(1.234567, 6);
});

it('finds one at the border', () => {
  expect(minimum((x) => x, -2, 2, 8, 1e-9)).toMatchObject({ x: -2, value: -2 });
});

it('finds a scale to its last digits', () => {
  const found = bestScale((scale) => Math.abs(scale - 0.123456789012345) / scale, -6, 6, 24);
  expect(Math.abs(found / 0.123456789012345 - 1)).toBeLessThan(1e-14);
});
