import { expect, it } from 'vitest';
import { moveCell } from '../../../webview/table/moveCell';

const size = { rows: 100, columns: 8 };
const press = (key: string, ctrlKey = false) => moveCell({ row: 50, column: 3 }, { key, ctrlKey }, size, 12);

it('moves by one, by a page, along the row and to the ends', () => {
  expect(press('ArrowUp')).toEqual({ row: 49, column: 3 });
  expect(press('ArrowRight')).toEqual({ row: 50, column: 4 });
  expect(press('PageDown')).toEqual({ row: 62, column: 3 });
  expect(press('Home')).toEqual({ row: 50, column: 0 });
  expect(press('End', true)).toEqual({ row: 99, column: 7 });
});

it('stays within the table, and leaves other keys alone', () => {
  expect(moveCell({ row: 0, column: 0 }, { key: 'PageUp', ctrlKey: false }, size, 12)).toEqual({ row: 0, column: 0 });
  expect(press('a')).toBeUndefined();
});
