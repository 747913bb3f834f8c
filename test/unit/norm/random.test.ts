import { expect, it } from 'vitest';
import { excessKurtosis, momentsOf, skewness, variance } from '../../../src/norm/moments';
import { Random } from '../../../src/norm/random';

it('gives the same numbers for the same seed, on every machine', () => {
  const random = new Random(1);
  // mulberry32's reference sequence for seed 1.
  expect([random.uniform(), random.uniform(), random.uniform()].map((value) => value * 2 ** 32)).toEqual([
    2693262067, 11749833, 2265367787,
  ]);
});

it('gives other numbers for another seed', () => {
  expect(new Random(1).normals(4)).not.toEqual(new Random(2).normals(4));
});

it('draws standard normal numbers', () => {
  const moments = momentsOf(new Random(7).normals(100_000));
  expect(moments.nan + moments.posInf + moments.negInf).toBe(0);
  expect(Math.abs(moments.mean)).toBeLessThan(0.01);
  expect(Math.abs(variance(moments) - 1)).toBeLessThan(0.02);
  expect(Math.abs(skewness(moments))).toBeLessThan(0.03);
  expect(Math.abs(excessKurtosis(moments))).toBeLessThan(0.06);
});

it('draws signs evenly', () => {
  const random = new Random(3);
  const sum = Array.from({ length: 10_000 }, () => random.sign()).reduce((total: number, sign) => total + sign, 0);
  expect(Math.abs(sum)).toBeLessThan(300);
});
