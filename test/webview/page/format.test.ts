import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatEps,
  formatFull,
  formatNumber,
  formatShape,
  formatValue,
} from '../../../webview/format';

it.each([
  [0, '0'],
  [-0, '0'],
  [600, '600'],
  [123456789, '123456789'],
  [24.49489742783178, '24.49'],
  [-0.03456789, '-0.03457'],
  [1.2e-7, '1.2e-7'],
  [1.23456e-7, '1.235e-7'],
  [2_500_000.5, '2.5e6'],
  [1e12, '1e12'],
  [NaN, 'NaN'],
  [Infinity, '+Inf'],
  [-Infinity, '-Inf'],
])('shows %s as %s', (value, text) => {
  expect(formatNumber(value)).toBe(text);
});

it('keeps every digit in tooltips and copies', () => {
  expect(formatFull(0.1 + 0.2)).toBe('0.30000000000000004');
  expect(formatFull(-0)).toBe('0');
  expect(Number(formatFull(1.7976931348623157e308))).toBe(1.7976931348623157e308);
});

it.each([
  [1e-5, '1e-5'],
  [1.25e-12, '1.25e-12'],
  [0.001, '0.001'],
  [0, '0'],
])('writes ε %s as %s', (eps, text) => {
  expect(formatEps(eps)).toBe(text);
});

describe('values of the table', () => {
  it('shortens numbers, but no 64-bit integer', () => {
    expect(formatValue(0.123456)).toBe('0.1235');
    expect(formatValue('9007199254740993')).toBe('9007199254740993');
  });

  it.each([
    ['0.123456+1e-7j', '0.1235+1e-7j'],
    ['-1.5e-8-2.25e+30j', '-1.5e-8-2.25e30j'],
    ['NaN+0j', 'NaN+0j'],
    ['0-Infinityj', '0-Infj'],
    ['1+Infinityj', '1+Infj'],
  ])('shortens both parts of %s', (value, text) => {
    expect(formatValue(value)).toBe(text);
  });
});

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [65_536, '65.5 kB'],
  [999_499, '999 kB'],
  [999_500, '1.00 MB'],
  [1_234_567_890, '1.23 GB'],
])('writes %s bytes as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

it('writes shapes and counts', () => {
  expect(formatShape([2, 64, 128])).toBe('(2, 64, 128)');
  expect(formatShape([])).toBe('()');
  expect([formatCount(1, 'row'), formatCount(2, 'row')]).toEqual(['1 row', '2 rows']);
});
