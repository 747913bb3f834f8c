import { expect, it } from 'vitest';
import { namePosition, rowCountOf, rowSpan, tableSize } from '../../../webview/geometry';

it('counts the rows of a norm and the table rows that one spans', () => {
  expect([rowCountOf([2, 3, 4], 1), rowSpan([2, 3, 4], 1)]).toEqual([6, 1]);
  expect([rowCountOf([2, 3, 4], 2), rowSpan([2, 3, 4], 2)]).toEqual([2, 3]);
  expect([rowCountOf([5], 1), rowSpan([5], 1)]).toEqual([1, 1]);
});

it('lays a tensor out as a table along its last axis', () => {
  expect(tableSize([2, 3, 4])).toEqual({ rows: 6, columns: 4 });
  expect(tableSize([5])).toEqual({ rows: 1, columns: 5 });
  expect(tableSize([])).toEqual({ rows: 1, columns: 1 });
});

it('names a position by its indices where it has several', () => {
  expect(namePosition(5, [2, 3])).toBe('5 (1, 2)');
  expect(namePosition(5, [6])).toBe('5');
});
