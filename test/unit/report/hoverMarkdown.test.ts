import { describe, expect, it } from 'vitest';
import { hoverMarkdown } from '../../../src/report/hoverMarkdown';
import { literalAt } from '../../../src/text/literals';

const hoverOf = (text: string) =>
  hoverMarkdown(literalAt(text, 1)!, '[Inspect](command:inspect)')?.replaceAll('&emsp;', '');

describe('hoverMarkdown', () => {
  it('says the headline numbers, with the divisor of the variance', () => {
    const markdown = hoverOf('[20, 50, 60, 80, 90]')!;
    expect(markdown).toContain('**Array (5)** · 5 numbers · [Inspect](command:inspect)');
    expect(markdown).toContain('variance (÷N)');
    expect(markdown).toContain('| 20 | 90 | 60 | 600 | 64.81 | 0 | 0 |');
  });

  it('lists the first rows and says how many more there are', () => {
    const rows = Array.from({ length: 12 }, (_, row) => [row, row + 2]);
    const markdown = hoverOf(JSON.stringify(rows))!;
    expect(markdown).toContain('| 2 | 3 | 1 |');
    expect(markdown).not.toContain('| 3 | 4 | 1 |');
    expect(markdown).toContain('| … | 9 more |  |');
  });

  it('counts NaN and Inf and keeps the statistics finite', () => {
    expect(hoverOf('[1, NaN, Infinity, 3]')).toContain('| 1 | 3 | 2 | 1 | 2.236 | 1 | 1 |');
  });

  it('speaks only of what is shown of an array that is printed in part', () => {
    const markdown = hoverOf('[[1, 2, ..., 3], ..., [4, 5, ..., 6]]')!;
    expect(markdown).toContain('**Array, cut off** · of the 6 numbers shown:');
    expect(markdown).toContain('| 1 | 6 | 3.5 |');
    expect(markdown).not.toContain('row');
    expect(markdown).not.toContain('Inspect');
  });

  it('says nothing of a single number', () => {
    expect(hoverOf('[7]')).toBeUndefined();
  });
});
