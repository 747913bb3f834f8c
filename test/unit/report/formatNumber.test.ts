import { expect, it } from 'vitest';
import { formatNumber } from '../../../src/report/formatNumber';

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
