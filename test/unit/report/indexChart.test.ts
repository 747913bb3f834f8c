import { expect, it } from 'vitest';
import { indexChart } from '../../../src/report/indexChart';

const y = { title: 'Value', scale: 'linear' } as const;

it('draws a point for each index that is shown', () => {
  const values = Float64Array.of(1, NaN, 3);
  const chart = indexChart(
    { noun: 'Row', shape: [3], picks: 'row' },
    { title: 'Some', y, series: [{ name: 'v', look: 'after', values }] },
    (row) => !Number.isNaN(values[row]),
  );
  expect(chart.x).toEqual({
    title: 'Row',
    noun: 'Row',
    scale: 'index',
    shape: [3],
    positions: Uint32Array.of(0, 2),
  });
  expect(chart.series).toEqual([{ name: 'v', look: 'after', values: Float64Array.of(1, 3) }]);
  expect(chart.picks).toBe('row');
});
