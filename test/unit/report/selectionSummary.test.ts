import { expect, it } from 'vitest';
import { selectionSummary } from '../../../src/report/selectionSummary';
import { literalIn } from '../../../src/text/literals';

const summaryOf = (text: string) => selectionSummary(literalIn(text, 0, text.length));

it('says shape, mean, variance and what is not finite, in one line', () => {
  expect(summaryOf('[20, 50, 60, 80, 90]')).toBe('(5) · mean 60 · var 600 (÷N) · 0 NaN');
  expect(summaryOf('[[1, NaN], [3, -Infinity]]')).toBe('(2, 2) · mean 2 · var 1 (÷N) · 1 NaN · 1 Inf');
});

it('says of an array printed in part that the numbers are those of the visible values', () => {
  expect(summaryOf('tensor([1., 2., 3.,  ..., 4., 5., 6.])')).toContain(
    'cut off, 6 values visible · mean 3.5 · var 2.917 (÷N)',
  );
  expect(summaryOf('array([1., 2., 3., ..., 4., 5., 6.], shape=(1000,))')).toBe(
    '(1000) · cut off, 6 values visible · mean 3.5 · var 2.917 (÷N) · 0 NaN',
  );
});
