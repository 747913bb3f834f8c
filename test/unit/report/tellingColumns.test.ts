import { expect, it } from 'vitest';
import { tellingColumns } from '../../../src/report/tellingColumns';

const table = (rows: (number | string)[][]) => ({ title: 'Ways', columns: ['Way', 'Scaled by', 'Error'], rows });

it('leaves out what is dispensable and the same in every row', () => {
  const rows = [
    ['right', 1, 0],
    ['wrong', 1, 0],
  ];
  const { columns, rows: left } = tellingColumns(table(rows), ['Scaled by']);
  expect([columns, ...left]).toEqual([
    ['Way', 'Error'],
    ['right', 0],
    ['wrong', 0],
  ]);
});

it('keeps what tells a row apart', () => {
  const rows = [
    ['right', 1, 0],
    ['wrong', 6, 0],
  ];
  expect(tellingColumns(table(rows), ['Scaled by'])).toEqual(table(rows));
});
