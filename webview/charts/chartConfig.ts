import type { ChartConfiguration, ChartDataset, Point, Tick } from 'chart.js';
import type { AnnotationOptions } from 'chartjs-plugin-annotation';
import { formatNumber } from '../format';
import { isLog, leastExtent, type ChartModel } from './chartModel';
import type { ChartTheme } from './chartTheme';
import { pinsOf, placeOf } from './pins';
import { markShape, pinShapes, seriesDashes, seriesShapes } from './pointShapes';

type Dataset = ChartDataset<'line', Point[]>;

/** Pixels by which the symbols of the outermost points may reach beyond the scales. */
const symbolOverhang = 6;
/** Points get a symbol each up to so many … */
const pointsWithSymbols = 300;
/** … and of more about so many, which tell the lines apart where colours do not. */
const sparseSymbols = 25;
/** Few points are drawn larger and without a line: they are compared one by one. */
const fewPoints = 60;

/** The Chart.js configuration of a model. */
export function chartConfig(model: ChartModel, theme: ChartTheme): ChartConfiguration<'line', Point[]> {
  const log = isLog(model);
  const { font } = theme;
  const title = (text: string) => ({ display: true, text, color: theme.axis, font, padding: 2 });
  return {
    type: 'line',
    data: {
      datasets: [
        ...model.series.map((_, i) => seriesDataset(model, i, theme, log)),
        markDataset(model, theme, log),
        pinDataset(model, theme, log),
      ],
    },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      parsing: false,
      normalized: true,
      // The chart component listens itself, so that pointer and keys take the same way.
      events: [],
      layout: { padding: { top: 8, right: 8 } },
      scales: {
        x: {
          // Chart.js types a configuration by the name of one scale.
          type: (model.x.scale === 'log' ? 'logarithmic' : 'linear') as 'linear',
          ...extentOf(model.x),
          title: title(model.x.scale === 'log' ? `${model.x.title}, log scale` : model.x.title),
          border: { color: theme.grid },
          grid: { display: false },
          ticks: {
            color: theme.axis,
            font,
            precision: model.x.scale === 'index' ? 0 : undefined,
            includeBounds: false,
            maxRotation: 0,
            autoSkipPadding: 16,
            callback: (value, _, ticks) => tickOf(Number(value), model.x.scale, ticks),
          },
        },
        y: {
          type: log ? 'logarithmic' : 'linear',
          ...leastExtent(model),
          title: title(log ? `${model.y.title}, log scale` : model.y.title),
          border: { display: false },
          grid: { color: theme.grid },
          ticks: {
            color: theme.axis,
            font,
            maxTicksLimit: 6,
            callback: (value, _, ticks) =>
              log && !isPowerOfTen(Number(value)) ? null : tickText(Number(value), ticks),
          },
        },
        // Where values without a place on the scale are pinned: 0 is the lower edge, 1 the upper one.
        edge: { type: 'linear', display: false, min: 0, max: 1 },
      },
      plugins: {
        annotation: { annotations: annotationsOf(model, theme) },
        zoom: {
          zoom: {
            mode: 'x',
            drag: {
              enabled: true,
              threshold: 4,
              backgroundColor: theme.zoomFill,
              borderColor: theme.zoomBorder,
              borderWidth: 1,
            },
          },
        },
      },
    },
  };
}

/** Half a step around indices, half a bin around bins, some room around a single bin; a logarithmic scale ends at its points. */
function extentOf({ positions, scale }: ChartModel['x']): { min: number; max: number } {
  const last = positions.length - 1;
  const half = scale === 'index' || last === 0 ? 0.5 : scale === 'linear' ? (positions[1] - positions[0]) / 2 : 0;
  return { min: positions[0] - half, max: positions[last] + half };
}

function tickOf(value: number, scale: ChartModel['x']['scale'], ticks: readonly Tick[]): string | null {
  if (scale === 'log' && !isPowerOfTen(value)) {
    return null;
  }
  return scale === 'index' ? String(value) : tickText(value, ticks);
}

/** A tick with as many digits as tell it from its neighbours, four at least. */
function tickText(value: number, ticks: readonly Tick[]): string {
  const [first, second] = ticks;
  const digits = second ? Math.ceil(Math.log10(Math.abs(value / (second.value - first.value)))) + 1 : 0;
  return formatNumber(value, Math.min(Math.max(4, digits), 15));
}

function seriesDataset({ series, x, joined }: ChartModel, place: number, theme: ChartTheme, log: boolean): Dataset {
  const { look, values, stepped = false } = series[place];
  const { style, filled } = seriesShapes[look];
  const colour = theme.looks[look];
  const count = x.positions.length;
  const isJoined = joined !== 'never';
  const radius = count <= fewPoints ? 4 : count <= pointsWithSymbols ? 2.5 : isJoined ? 3 : 1.5;
  // A quantity that runs on is a curve; only indices, and what is there at some positions alone, have points of their own.
  const isCurve = (x.scale !== 'index' || count > pointsWithSymbols) && !Array.from(values).includes(null);
  const step = isCurve && isJoined ? Math.ceil(count / sparseSymbols) : 1;
  return {
    data: pointsAt(x.positions, (i) => placeOf(values[i], log)),
    // Later series are drawn over earlier ones, and single points over all.
    order: series.length - place,
    clip: symbolOverhang,
    showLine: stepped || joined === 'always' || (isJoined && (count > fewPoints || x.scale !== 'index')),
    stepped: stepped && 'middle',
    fill: stepped && 'origin',
    backgroundColor: theme.grid,
    borderColor: colour,
    borderWidth: 1,
    borderDash: [...seriesDashes[look]],
    pointStyle: style,
    pointRadius: ({ dataIndex }) => ((!stepped || count === 1) && dataIndex % step === 0 ? radius : 0),
    pointHoverRadius: 5,
    pointBorderWidth: 1.5,
    pointHoverBorderWidth: 2,
    pointBorderColor: colour,
    pointHoverBorderColor: theme.foreground,
    pointBackgroundColor: filled ? colour : 'transparent',
    pointHoverBackgroundColor: filled ? colour : 'transparent',
  };
}

/** The points that stand out, on the first series. */
function markDataset({ series, x, marks }: ChartModel, theme: ChartTheme, log: boolean): Dataset {
  const [{ values }] = series;
  const markAt = (index: number) => marks?.get(x.positions[index]);
  return {
    data: pointsAt(x.positions, (i) => (markAt(i) ? placeOf(values[i], log) : NaN)),
    order: 0,
    clip: symbolOverhang,
    showLine: false,
    pointStyle: markShape.style,
    pointRadius: 6,
    pointHoverRadius: 7,
    pointBorderColor: theme.background,
    pointHoverBorderColor: theme.foreground,
    pointBackgroundColor: ({ dataIndex }) => theme.marks[markAt(dataIndex) ?? 'info'],
    pointHoverBackgroundColor: ({ dataIndex }) => theme.marks[markAt(dataIndex) ?? 'info'],
  };
}

/** The values that have no place on the scale, on its edge. */
function pinDataset(model: ChartModel, theme: ChartTheme, log: boolean): Dataset {
  const pins = pinsOf(model, log);
  const shapeAt = (index: number) => pinShapes[pins[index] ?? 'nan'];
  const colourAt = (index: number) => {
    const mark = model.marks?.get(model.x.positions[index]);
    return pins[index] !== 'zero' ? theme.nonFinite : mark ? theme.marks[mark] : theme.axis;
  };
  return {
    data: pointsAt(model.x.positions, (i) => (pins[i] === undefined ? NaN : pins[i] === 'posInf' ? 1 : 0)),
    yAxisID: 'edge',
    order: 0,
    // Half of a symbol on the edge lies outside of it.
    clip: false,
    showLine: false,
    pointStyle: ({ dataIndex }) => shapeAt(dataIndex).style,
    pointRotation: ({ dataIndex }) => shapeAt(dataIndex).rotation ?? 0,
    pointRadius: 5,
    pointHoverRadius: 7,
    pointBorderWidth: ({ dataIndex }) => (colourAt(dataIndex) === theme.axis ? 1 : 2),
    pointBorderColor: ({ dataIndex }) => colourAt(dataIndex),
    pointBackgroundColor: ({ dataIndex }) => colourAt(dataIndex),
  };
}

function pointsAt(positions: ArrayLike<number>, y: (index: number) => number): Point[] {
  return Array.from(positions, (position, i) => ({ x: position, y: y(i) }));
}

function annotationsOf({ limits = [], selected }: ChartModel, theme: ChartTheme): AnnotationOptions<'line'>[] {
  const dashed = { type: 'line' as const, borderWidth: 1, borderDash: [4, 4] };
  return [
    ...(selected === undefined ? [] : [{ ...dashed, xMin: selected, xMax: selected, borderColor: theme.foreground }]),
    ...limits.map(({ value, look, at = 'y' }) => ({
      ...dashed,
      ...(at === 'y' ? { yMin: value, yMax: value } : { xMin: value, xMax: value }),
      borderColor: theme.looks[look],
    })),
  ];
}

function isPowerOfTen(value: number): boolean {
  const exponent = Math.log10(value);
  return Math.abs(exponent - Math.round(exponent)) < 1e-9;
}
