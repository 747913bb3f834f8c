import { describe, expect, it } from 'vitest';
import { openText, tensorsOf } from '../openText';

describe('a table', () => {
  it('is one tensor of its columns of numbers, whose names are metadata', async () => {
    const text = 'site,mean,std\nln1,0.5,1\nln2,-1e-3,inf\n';
    expect(await tensorsOf('stats.csv', text)).toEqual({ stats: [[2, 2], 0.5, 1, -1e-3, Infinity] });
    const { metadata, notes } = await openText('stats.csv', text);
    expect(metadata).toEqual({ columns: 'mean, std' });
    expect(notes).toEqual(['The column "site" is left out: "ln1" stands on line 2 of column 1.']);
  });

  it('has NaN where a value is missing, and says in which column', async () => {
    const text = 'a,b\n1,\nNA,nan\n';
    expect(await tensorsOf('x.csv', text)).toEqual({ x: [[2, 2], 1, NaN, NaN, NaN] });
    expect((await openText('x.csv', text)).notes).toEqual([
      'The column "a" lacks 1 values; NaN stands there.',
      'The column "b" lacks 1 values; NaN stands there.',
    ]);
  });

  it('may be parted by semicolons or tabs, and have cells of several lines', async () => {
    const rows = { x: [[1, 2], 1, 2] };
    expect(await tensorsOf('x.csv', 'a;b\n1;2\n')).toEqual(rows);
    expect(await tensorsOf('x.csv', 'a, the first\tb\n1\t2\n')).toEqual(rows);
    expect(await tensorsOf('x.tsv', 'a,b,c\td\n1\t2\n')).toEqual(rows);
    expect(await tensorsOf('x.csv', '"two\nlines, ""quoted""",b\r\n"1",2\r\n')).toEqual(rows);
    expect(await tensorsOf('x.csv', '1,2')).toEqual(rows);
  });
});

describe('refusals', () => {
  it.each([
    ['', 'csv: the file is empty'],
    ['a,b\n1,2\n\n3\n', 'csv: line 4 has 1 cells, expected 2'],
    ['a,b\n1,"2\n3,4\n', 'csv: the quote opened on line 2 is never closed'],
    ['a,b\n1,"2"x\n', 'csv: line 2: cell 2 goes on behind its closing quote'],
    ['a\nb\n', 'csv: no column holds numbers: "b" stands on line 2 of column 1'],
  ])('of %j give the line', async (text, message) => {
    await expect(openText('x.csv', text)).rejects.toMatchObject({ message });
  });
});
