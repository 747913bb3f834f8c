import { expect, it } from 'vitest';
import { defaultSpec, type NormSpec } from '../../../src/norm/normSpec';
import { cellOf, namePosition, rowCountOf, rowSpan, tableSize } from '../../../webview/geometry';

it('counts the rows of a norm and the table rows that one spans', () => {
  const rowsOf = (shape: number[], change: Partial<NormSpec>) => {
    const spec = { ...defaultSpec('layer_norm'), ...change };
    return [rowCountOf(shape, spec), rowSpan(shape, spec)];
  };
  expect(rowsOf([2, 3, 4], {})).toEqual([6, 1]);
  expect(rowsOf([2, 3, 4], { axes: [-2, -1] })).toEqual([2, 3]);
  expect(rowsOf([2, 3, 4], { axes: [-2] })).toEqual([8, undefined]);
  expect(rowsOf([5], {})).toEqual([1, 1]);
  expect(rowsOf([2, 6, 4], { kind: 'batch_norm' })).toEqual([6, undefined]);
  expect(rowsOf([2, 6, 4], { kind: 'instance_norm' })).toEqual([12, 1]);
  expect(rowsOf([2, 6, 4], { kind: 'group_norm', numGroups: 2 })).toEqual([4, 3]);
  expect(rowsOf([2, 6], { kind: 'group_norm', numGroups: 2 })).toEqual([4, undefined]);
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

it('finds an element in the table of values by its indices', () => {
  expect(cellOf([1, 0, 2], [2, 3, 4])).toEqual({ row: 3, column: 2 });
  expect(cellOf([2], [4])).toEqual({ row: 0, column: 2 });
});
