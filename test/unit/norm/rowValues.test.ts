import { expect, it } from 'vitest';
import { rowOf, takeRows } from '../../../src/norm/rowValues';

const values = Float64Array.of(1, 2, 3, 4, 5, 6);

it('takes one row without a copy, and some rows as a copy', () => {
  expect(rowOf(values, { cols: 2 }, 1)).toEqual(Float64Array.of(3, 4));
  expect(rowOf(values, { cols: 2 }, 1).buffer).toBe(values.buffer);
  expect(takeRows(values, { cols: 2 }, [0, 2])).toEqual(Float64Array.of(1, 2, 5, 6));
});

it('takes all rows without a copy', () => {
  expect(takeRows(values, { cols: 3 }, [0, 1])).toBe(values);
});
