import fc from 'fast-check';
import { expect, it } from 'vitest';
import { binaryScale } from '../../../src/norm/binaryScale';

it.each([
  [1, 1],
  [1.999, 1],
  [2, 2],
  [0.75, 0.5],
  [2 ** 52 + 1, 2 ** 52],
  [Number.MAX_VALUE, 2 ** 1023],
  [Number.MIN_VALUE, 2 ** -1000],
  [0, 2 ** -1000],
])('the scale of %d is %d', (magnitude, scale) => {
  expect(binaryScale(magnitude)).toBe(scale);
});

it.each([Infinity, NaN])('%d has no scale', (magnitude) => {
  expect(binaryScale(magnitude)).toBe(1);
});

it('divides and multiplies without rounding, down to 2^-1000', () => {
  fc.assert(
    fc.property(fc.double({ min: 2 ** -1000, noNaN: true, noDefaultInfinity: true }), (magnitude) => {
      const scale = binaryScale(magnitude);
      const scaled = magnitude * (1 / scale);
      expect(scaled).toBeGreaterThanOrEqual(1);
      expect(scaled).toBeLessThan(2);
      expect(scaled * scale).toBe(magnitude);
    }),
  );
});
