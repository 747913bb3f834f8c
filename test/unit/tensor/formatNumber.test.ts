import { expect, it } from 'vitest';
import { formatExactly, formatNumber } from '../../../src/tensor/formatNumber';

it.each([
  [0, '0'],
  [-0, '0'],
  [600, '600'],
  [123456789, '123456789'],
  [24.49489742783178, '24.49'],
  [-0.03456789, '-0.03457'],
  [1.2e-7, '1.2e-7'],
  [1.23456e-7, '1.235e-7'],
  [3.4e38, '3.4e38'],
  [2_500_000.5, '2.5e6'],
  [1e12, '1e12'],
  [NaN, 'NaN'],
  [Infinity, '+Inf'],
  [-Infinity, '-Inf'],
])('writes %s as %s', (value, text) => {
  expect(formatNumber(value)).toBe(text);
});

it.each([
  [1e-5, '1e-5'],
  [0.001, '0.001'],
  [2 ** -23, '1.1920928955078125e-7'],
  [Math.fround(1e-5), '9.999999747378752e-6'],
  [0.12345678, '0.12345678'],
  [0, '0'],
])('writes %s in full as %s', (value, text) => {
  expect(formatExactly(value)).toBe(text);
  expect(Number(formatExactly(value))).toBe(value);
});
