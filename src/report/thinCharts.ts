import { indicesWithin, stretchOf, thin, type Focus } from './thin';
import type { ViewChart, ViewReport } from './viewReport';

/**
 * A report whose charts hold no more points than can be drawn: the last step before it goes to the page.
 *
 * @param focus of a chart by its title
 */
export function thinCharts(report: ViewReport, focus?: Focus): ViewReport {
  return { ...report, charts: report.charts.map((chart) => thinChart(chart, focus)) };
}

/** A chart with the points that `thin` picks, and how many there were; as it is where all can be drawn. */
function thinChart(chart: ViewChart, focus: Focus | undefined): ViewChart {
  const { title, x, series } = chart;
  const { positions } = x;
  const stretch = stretchOf(focus, title, positions[positions.length - 1] + 1);
  const shown = thin(
    series.map(({ values }) => values),
    [],
    stretch && indicesWithin(positions, stretch),
  );
  return shown.length === positions.length
    ? chart
    : {
        ...chart,
        x: { ...x, positions: Float64Array.from(shown, (i) => positions[i]), count: positions.length },
        series: series.map(({ values, ...rest }) => ({ ...rest, values: Array.from(shown, (i) => values[i]) })),
      };
}
