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
    /** "Row 5 (1, 2)". */
    name(position: number): string;
  };
  readonly y: {
    readonly title: string;
    /** `byRange`: logarithmic where positive values span many decades; for what cannot be negative. */
    readonly scale: 'linear' | 'log' | 'byRange';
  };
  /** Whether many points are joined by a line; false where neighbours have nothing to do with each other. */
  readonly joined: boolean;
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

/** Decades that positive values have to span before they are drawn on a logarithmic scale. */
const logDecades = 3;

/** Whether the values are drawn on a logarithmic scale, which takes at least one positive and no negative value. */
export function isLog(model: ChartModel): boolean {
  if (model.y.scale === 'linear') {
    return false;
  }
  const values = finiteValues(model);
  const positive = values.filter((value) => value > 0);
  const { min, max } = range(positive);
  const isWide = model.y.scale === 'log' || max / min > 10 ** logDecades;
  return isWide && positive.length > 0 && values.every((value) => value >= 0);
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

function finiteValues({ series }: ChartModel): number[] {
  return series.flatMap(({ values }) => Array.from(values).filter((value): value is number => Number.isFinite(value)));
}
