import type { ViewChart } from '../../src/protocol';
import { thinnedTo, type ChartModel } from '../charts/chartModel';
import { formatNumber } from '../format';
import { namePosition } from '../geometry';

/** A chart of a report as the chart component draws it; `selected` is the row that is selected. */
export function reportChart(
  { x, marks, picks, isPath, ...chart }: ViewChart,
  selected: number | undefined,
): ChartModel {
  const { noun, positions, shape = [], scale, count = positions.length } = x;
  return {
    ...chart,
    x: {
      ...x,
      thinned: thinnedTo(positions, count, chart.title),
      name: (position) => `${noun} ${scale === 'index' ? namePosition(position, shape) : formatNumber(position)}`,
    },
    joined: isPath ? 'always' : 'ifMany',
    marks: new Map(marks?.map(({ position, severity }) => [position, severity])),
    selected: picks === 'row' ? selected : undefined,
  };
}
