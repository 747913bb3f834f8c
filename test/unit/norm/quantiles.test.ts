import { expect, it } from 'vitest';
import { quantiles } from '../../../src/norm/quantiles';

it('interpolates between order statistics as NumPy does, over the finite values', () => {
  // numpy.quantile([3, 1, 4, 1, 5, 9, 2, 6], [0, .1, .5, .9, 1])
  const values = Float64Array.of(3, 1, 4, NaN, 1, 5, 9, 2, 6, Infinity);
  const expected = [1, 1, 3.5, 6.9, 9];
  quantiles(values, [0, 0.1, 0.5, 0.9, 1]).forEach((value, i) => expect(value).toBeCloseTo(expected[i], 12));
});

it('knows none of no values', () => {
  expect(quantiles(Float64Array.of(NaN), [0.5])).toEqual([NaN]);
});
