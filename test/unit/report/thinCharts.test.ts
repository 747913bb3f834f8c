import { expect, it } from 'vitest';
import { indexChart } from '../../../src/report/indexChart';
import { maxPoints, type Focus } from '../../../src/report/thin';
import { thinCharts } from '../../../src/report/thinCharts';

/** Two series over so many features: one flat, one with a spike at 77,777; of the odd features alone where that is said. */
function thinned(features: number, focus?: Focus, isShown?: (feature: number) => boolean) {
  const flat = new Float64Array(features);
  const spiked = flat.map((_, i) => (i === 77_777 ? 9 : 0));
  const chart = indexChart(
    { noun: 'Feature' },
    {
      title: 'Two',
      y: { title: 'Value', scale: 'linear' },
      series: [
        { name: 'flat', look: 'before', values: flat },
        { name: 'spiked', look: 'after', values: spiked },
      ],
    },
    isShown,
  );
  const { charts } = thinCharts({ sentences: [], facts: [], charts: [chart], tables: [] }, focus);
  return { whole: chart, shown: charts[0] };
}

it('leaves a chart as it is that can be drawn', () => {
  const { whole, shown } = thinned(maxPoints);
  expect(shown).toBe(whole);
});

it('thins a chart at the same places in every series, loses no outlier, and says of how many', () => {
  const { x, series } = thinned(100_000).shown;
  expect(x.positions.length).toBeLessThan(2 * maxPoints);
  expect(x.count).toBe(100_000);
  const place = x.positions.indexOf(77_777);
  expect([series[0].values[place], series[1].values[place]]).toEqual([0, 9]);
});

it('shows all of a stretch that is looked at closely, and of no other chart', () => {
  const isOdd = (feature: number) => feature % 2 === 1;
  const within = (focus: Focus) => {
    const { positions } = thinned(100_000, focus, isOdd).shown.x;
    return Array.from(positions).filter((at) => at >= 40_000 && at < 41_000).length;
  };
  expect(within({ of: 'Two', start: 40_000, end: 41_000 })).toBe(500);
  expect(within({ of: 'Three', start: 40_000, end: 41_000 })).toBeLessThan(100);
});

it('passes over what has no point', () => {
  const positions = Uint32Array.from({ length: 10_000 }, (_, i) => i);
  const values = Array.from(positions, (i) => (i % 1000 === 7 ? i : null));
  const axis = { title: 'Row', positions, scale: 'index', noun: 'Row' } as const;
  const chart = {
    title: 'Few',
    x: axis,
    y: { title: 'v', scale: 'linear' },
    series: [{ name: 'v', look: 'after', values }],
  } as const;
  const [{ x }] = thinCharts({ sentences: [], facts: [], charts: [chart], tables: [] }).charts;
  const kept = Array.from(x.positions).filter((at) => at % 1000 === 7);
  expect(kept).toHaveLength(10);
  expect(x.positions).toHaveLength(12);
});
