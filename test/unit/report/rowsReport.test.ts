import { describe, expect, it } from 'vitest';
import { rowsReport } from '../../../src/report/rowsReport';
import { rowsOf } from './normRun';

describe('rowsReport', () => {
  it('shows the textbook scores: mean 60, variance 600, and mean 0, variance 1 after', () => {
    const { points, stats, rowCount } = rowsReport(rowsOf([[20, 50, 60, 80, 90]]), 'normalized');
    expect(rowCount).toBe(1);
    expect(points.meanBefore[0]).toBe(60);
    expect(points.varianceBefore[0]).toBe(600);
    expect(points.meanAfter[0]).toBeCloseTo(0, 14);
    expect(points.varianceAfter[0]).toBeCloseTo(600 / (600 + 1e-5), 12);
    expect(stats).toMatchObject({ count: 5, min: 20, max: 90, mean: 60, variance: 600 });
  });

  it('shows what γ and β do to a row if asked for the output', () => {
    const run = rowsOf([[1, 3]], 'layer_norm', { eps: 0, weight: [2, 2], bias: [5, 5] });
    const { points } = rowsReport(run, 'output');
    expect(points.meanAfter[0]).toBeCloseTo(5, 14);
    expect(points.varianceAfter[0]).toBeCloseTo(4, 14);
  });

  it('keeps a NaN row in the picture and leaves the others alone', () => {
    const { points, markCounts } = rowsReport(
      rowsOf([
        [1, NaN],
        [1, 3],
      ]),
      'normalized',
    );
    expect(points.meanBefore).toEqual(Float64Array.of(NaN, 2));
    expect(points.varianceAfter[0]).toBeNaN();
    expect(points.varianceAfter[1]).toBeCloseTo(1, 4);
    expect(markCounts).toEqual({ 'nan-origin': 1 });
  });
});
