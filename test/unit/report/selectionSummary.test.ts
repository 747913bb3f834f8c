import { expect, it } from 'vitest';
import { selectionSummary } from '../../../src/report/selectionSummary';
import { literalIn } from '../../../src/text/literals';

it('says shape, mean, variance and what is not finite, in one line', () => {
  const summaryOf = (text: string) => selectionSummary(literalIn(text, 0, text.length));
  expect(summaryOf('[20, 50, 60, 80, 90]')).toBe('(5) · mean 60 · var 600 (÷N) · 0 NaN');
  expect(summaryOf('[[1, NaN], [3, -Infinity]]')).toBe('(2, 2) · mean 2 · var 1 (÷N) · 1 NaN · 1 Inf');
});
