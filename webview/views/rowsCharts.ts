import type { RowsReport } from '../../src/protocol';
import { thinnedTo, type ChartModel } from '../charts/chartModel';
import { namePosition } from '../geometry';

/**
 * The two charts of the rows view: mean and variance of every row, before and after.
 *
 * @param selected the selected row
 */
export function rowsCharts(report: RowsReport, selected: number | undefined): ChartModel[] {
  const { points, rowCount, leadingShape, marks, after } = report;
  const afterName = after === 'output' ? 'y' : 'x̂';
  const shared = {
    x: {
      title: 'Row',
      positions: points.row,
      scale: 'index' as const,
      thinned: thinnedTo(points.row, rowCount, 'Row'),
      name: (row: number) => `Row ${namePosition(row, leadingShape)}`,
    },
    marks: new Map(marks.map(({ row, severity }) => [row, severity])),
    selected,
    joined: 'ifMany' as const,
  };
  return [
    {
      ...shared,
      title: 'Mean of each row, before and after normalization',
      y: { title: 'Mean', scale: 'linear' },
      series: [
        { name: 'before (x)', look: 'before', values: points.meanBefore },
        { name: `after (${afterName})`, look: 'after', values: points.meanAfter },
      ],
    },
    {
      ...shared,
      title: 'Variance of each row (÷N), before and after normalization',
      y: { title: 'Variance (÷N)', scale: 'byRange' },
      series: [
        { name: 'before (x)', look: 'before', values: points.varianceBefore },
        { name: `after (${afterName})`, look: 'after', values: points.varianceAfter },
      ],
    },
  ];
}
