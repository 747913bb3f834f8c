import type { Look } from '../../src/protocol';

/** A line of a chart. */
export interface ChartSeries {
  readonly name: string;
  readonly look: Look;
  /** One per position; null where there is no point. NaN and infinities are points, and shown as such. */
  readonly values: ArrayLike<number | null>;
  /** Drawn as steps, each as wide as its bin. */
  readonly stepped?: boolean;
}

/** What a chart shows, apart from how it is drawn. */
export interface ChartModel {
  /** A plain statement of what is drawn. */
  readonly title: string;
  readonly x: {
    readonly title: string;
    /** Ascending. */
    readonly positions: ArrayLike<number>;
    /** `index`: whole numbers that count rows, features or elements; else a quantity. */
    readonly scale: 'index' | 'linear' | 'log';
    /** Present where not all positions are drawn: how many there are, and by which name the host draws more of a stretch. */
    readonly thinned?: { readonly count: number; readonly of: string };
    /** "Row 5 (1, 2)". */
    name(position: number): string;
  };
  readonly y: {
    readonly title: string;
    /** `byRange`: logarithmic where positive values span many decades; for what cannot be negative. */
    readonly scale: 'linear' | 'log' | 'byRange';
  };
  /**
   * Whether points are joined by a line: `never` where neighbours have nothing to do with each other, `always` where each
   * follows from the one before, and else where they are many.
   */
  readonly joined: 'never' | 'ifMany' | 'always';
  readonly series: readonly ChartSeries[];
  /** Dashed lines, in the colours of the series they are the limits of: across the chart, or upright at an x. */
  readonly limits?: readonly {
    readonly name: string;
    readonly look: Look;
    readonly value: number;
    readonly at?: 'x' | 'y';
  }[];
  /** Positions that stand out; the first series shows them. */
  readonly marks?: ReadonlyMap<number, 'error' | 'warning' | 'info'>;
  /** The position that is selected; a dashed vertical line. */
  readonly selected?: number;
}

/** What `x.thinned` of a chart says; nothing where all of `count` positions are drawn. */
export function thinnedTo(positions: ArrayLike<number>, count: number, of: string): ChartModel['x']['thinned'] {
  return positions.length < count ? { count, of } : undefined;
}

/** Decades that positive values have to span before they are drawn on a logarithmic scale: a hundredth of a chart’s height looks like 0. */
const logDecades = 2;

/** Whether the values are drawn on a logarithmic scale, which takes a positive value or limit and no negative one. */
export function isLog(model: ChartModel): boolean {
  if (model.y.scale === 'linear') {
    return false;
  }
  const values = drawnValues(model);
  const positive = values.filter((value) => value > 0);
  const { min, max } = range(positive);
  const isWide = model.y.scale === 'log' || max / min > 10 ** logDecades;
  return isWide && positive.length > 0 && values.every((value) => value >= 0);
}

/** Spreads smaller than this share of the values are rounding, and no scale of its own. */
const leastSpread = 1e-12;

/**
 * What the scale has to reach at least, where the values alone would not make one: three decades below a single value on a
 * logarithmic scale, half of it on either side on a linear one, and 0 as the lower end for zeros that cannot be negative.
 */
export function leastExtent(model: ChartModel): { suggestedMin?: number; suggestedMax?: number } {
  const log = isLog(model);
  const { min, max } = range(drawnValues(model).filter((value) => !log || value > 0));
  if (min === 0 && max === 0) {
    return model.y.scale === 'linear' ? {} : { suggestedMin: 0, suggestedMax: 1 };
  }
  if (!(max - min < leastSpread * Math.abs(max))) {
    return {};
  }
  return log
    ? { suggestedMin: max / 1000, suggestedMax: max }
    : { suggestedMin: max - Math.abs(max) / 2, suggestedMax: max + Math.abs(max) / 2 };
}

/** Smallest and largest of some numbers; of none Infinity and -Infinity. */
export function range(values: readonly number[]): { min: number; max: number } {
  let min = Infinity;
  let max = -Infinity;
  for (const value of values) {
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  return { min, max };
}

/** All finite values of the y axis: those of the series, and the limits across the chart. */
function drawnValues({ series, limits = [] }: ChartModel): number[] {
  return [
    ...series.flatMap(({ values }) => Array.from(values).filter((value): value is number => Number.isFinite(value))),
    ...limits.filter(({ at }) => at !== 'x').map(({ value }) => value),
  ];
}
