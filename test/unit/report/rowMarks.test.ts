import { describe, expect, it } from 'vitest';
import type { NormedRows } from '../../../src/report/normedRows';
import { markRows } from '../../../src/report/rowMarks';
import { rowsOf } from './normRun';

const ordinary = (row: number) => [0.3 * row, 1, -1 - 0.1 * row, 2];

const marksOf = (rows: NormedRows) => markRows(rows).listed;

describe('markRows', () => {
  it('marks nothing in ordinary rows', () => {
    expect(marksOf(rowsOf(Array.from({ length: 20 }, (_, row) => ordinary(row % 5))))).toEqual([]);
  });

  it('says where the first NaN of a row stands', () => {
    const [mark] = marksOf(rowsOf([ordinary(0), [1, Infinity, NaN, 4]]));
    expect(mark).toMatchObject({ row: 1, code: 'nan-origin', severity: 'error' });
    expect(mark.message).toContain('Row 1 holds NaN at column 2');
  });

  it('marks Inf as such', () => {
    const [mark] = marksOf(rowsOf([[1, -Infinity, 3, 4]]));
    expect(mark).toMatchObject({ row: 0, code: 'inf-origin' });
    expect(mark.message).toContain('-Inf at column 1');
  });

  it('says that a constant row becomes β, or zero without a β', () => {
    const [mark] = marksOf(rowsOf([[3, 3]], 'layer_norm', { bias: [1, 2] }));
    expect(mark).toMatchObject({ row: 0, code: 'constant-row', message: 'Row 0 is constant (3), so its output is β.' });
    expect(marksOf(rowsOf([[3, 3]]))[0].message).toBe('Row 0 is constant (3), so its output is zero.');
  });

  it('says that a constant row without ε becomes NaN', () => {
    expect(marksOf(rowsOf([[3, 3, 3, 3]], 'layer_norm', { eps: 0 }))[0].message).toContain('NaN');
  });

  it('does not call a constant row constant for RMSNorm, which does not subtract the mean', () => {
    expect(marksOf(rowsOf([[3, 3, 3, 3]], 'rms_norm'))).toEqual([]);
  });

  it('names the share of ε: half where it equals the variance', () => {
    const [mark] = marksOf(rowsOf([[1, -1, 1, -1]], 'layer_norm', { eps: 1 }));
    expect(mark.code).toBe('eps-dominated');
    expect(mark.message).toContain('makes up 50 %');
  });

  it('says nothing of ε in rows of one value, such as a loss', () => {
    for (const kind of ['layer_norm', 'rms_norm'] as const) {
      expect(marksOf(rowsOf([[0.4], [0]], kind))).toEqual([]);
    }
    expect(marksOf(rowsOf([[NaN]]))[0].code).toBe('nan-origin');
  });

  it('lists errors before what merely stands out', () => {
    const rows = Array.from({ length: 20 }, (_, row) => ordinary(row % 5));
    rows[4] = rows[4].map((value) => 1000 * value);
    rows[9] = [NaN, 0, 0, 0];
    expect(marksOf(rowsOf(rows)).map(({ row, code }) => [row, code])).toEqual([
      [9, 'nan-origin'],
      [4, 'outlier-row'],
    ]);
  });
});
