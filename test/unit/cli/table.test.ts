import { expect, it } from 'vitest';
import { table } from '../../../src/cli/table';

it('puts words to the left and numbers to the right, as they are read', () => {
  const rows = [
    ['0.weight', '(4, 8)', '1.5e-7', 'equal'],
    ['1', '(8)', 'NaN', ''],
  ];
  expect(table(['name', 'shape', 'max abs', 'status'], rows).split('\n')).toEqual([
    'name      shape   max abs  status',
    '0.weight  (4, 8)   1.5e-7  equal',
    '1         (8)         NaN',
  ]);
});

it('keeps a column of numbers to the right where one is infinite, unknown or missing', () => {
  expect(table(['bytes'], [['1024'], ['?'], ['+Inf'], ['12 %'], ['']]).split('\n')).toEqual([
    'bytes',
    ' 1024',
    '    ?',
    ' +Inf',
    ' 12 %',
    '',
  ]);
});

it('writes what a name could make a terminal do as text', () => {
  expect(table(['name'], [['a\n\u001b[31mred']])).toBe('name\na\\u{a}\\u{1b}[31mred');
});
