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
      'The column "a" lacks 1 value; NaN stands there.',
      'The column "b" lacks 1 value; NaN stands there.',
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

describe('the first line of a table', () => {
  it.each([
    ['names its columns', 'step,loss\n1,0.5\n', [[1, 2], 1, 0.5]],
    ['names those of numbers beside a column of texts', 'site,loss\nln1,0.5\n', [[1, 1], 0.5]],
    ['counts them beside a column of texts', 'site,0,1\nln1,5,6\n', [[1, 2], 5, 6]],
    ['is values, with a text among them', 'ln1,1,true\nln2,2,false\n', [[2, 1], 1, 2]],
    ['is values where all of it is numbers', '0,1,2\n3,4,5\n', [[2, 3], 0, 1, 2, 3, 4, 5]],
    ['is values where one is missing', ',7\n1,8\n', [[2, 2], NaN, 7, 1, 8]],
  ])('%s', async (_, text, values) => {
    expect(await tensorsOf('x.csv', text)).toEqual({ x: values });
  });

  it('has its missing values in the right places, be it names or values', async () => {
    const places = async (text: string) => {
      const [ref] = (await openText('x.csv', text)).tensors;
      return [0, 1, 2, 3].filter((position) => ref.isMissing?.(position));
    };
    expect(await places('a,b\n1,\n3,4\n')).toEqual([1]);
    expect(await places('1,\n3,4\n')).toEqual([1]);
  });

  it('is no row of the table that pandas writes of an array, nor are its row numbers a column', async () => {
    const text = ',0,1\n0,0.5,1.5\n1,2.5,3.5\n';
    expect(await tensorsOf('frame.csv', text)).toEqual({ frame: [[2, 2], 0.5, 1.5, 2.5, 3.5] });
    expect((await openText('frame.csv', text)).notes).toEqual(['The column "" is left out: it counts the rows.']);
  });
});

describe('refusals', () => {
  it.each([
    ['', 'csv: the file is empty'],
    ['a,b\n1,2\n\n3\n', 'csv: line 4 has 1 cell, expected 2'],
    ['a,b\n1,"2\n3,4\n', 'csv: the quote opened on line 2 is never closed'],
    ['a,b\n1,"2"x\n', 'csv: line 2: cell 2 goes on behind its closing quote'],
    ['1,5;2,5\n3,5;4,5\n', 'csv: no column holds numbers: "4,5" stands on line 2 of column 2'],
    ['a\nb\n', 'csv: no column holds numbers: "b" stands on line 2 of column 1'],
  ])('of %j give the line', async (text, message) => {
    await expect(openText('x.csv', text)).rejects.toMatchObject({ message });
  });
});
