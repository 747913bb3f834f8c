import { expect, it } from 'vitest';
import { indexChart } from '../../../src/report/indexChart';
import { maxPoints } from '../../../src/report/thin';

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

it('thins many indices, at the same ones in every series, and loses no outlier', () => {
  const flat = new Float64Array(100_000);
  const spiked = flat.slice();
  spiked[77_777] = 9;
  const { x, series } = indexChart(
    { noun: 'Feature' },
    {
      title: 'Two',
      y,
      series: [
        { name: 'flat', look: 'before', values: flat },
        { name: 'spiked', look: 'after', values: spiked },
      ],
    },
  );
  expect(x.positions.length).toBeLessThan(2 * maxPoints);
  const place = x.positions.indexOf(77_777);
  expect([series[0].values[place], series[1].values[place]]).toEqual([0, 9]);
});
