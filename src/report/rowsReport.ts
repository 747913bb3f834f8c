import type { Shape } from '../tensor/shape';
import type { TensorStats } from './tensorStats';

/** A row that stands out, and why. */
export interface RowMark {
  readonly row: number;
  readonly code: 'nan-origin' | 'inf-origin' | 'constant-row' | 'eps-dominated' | 'outlier-row';
  readonly severity: 'error' | 'warning' | 'info';
  /** One sentence with the number: what is seen and why it matters. */
  readonly message: string;
}

/** Mean and variance (÷N) of the rows of x and of what the norm makes of them. */
export interface RowsReport {
  /** Statistics of all of x. */
  readonly stats: TensorStats;
  readonly rowCount: number;
  readonly rowLength: number;
  /** Axes that rows are counted along: row 5 of leadingShape (2, 3) is row (1, 2). */
  readonly leadingShape: Shape;
  /** One entry per shown row; arrays of equal length, `row` ascending. */
  readonly points: {
    readonly row: Uint32Array;
    readonly meanBefore: Float64Array;
    readonly varianceBefore: Float64Array;
    readonly meanAfter: Float64Array;
    readonly varianceAfter: Float64Array;
  };
  /** True if there are more rows than points; the extremes of every series are kept. */
  readonly thinned: boolean;
  /** The rows that stand out, worst first, at most 100 of them. */
  readonly marks: readonly RowMark[];
  /** How many rows stand out by code, all rows counted. */
  readonly markCounts: Readonly<Partial<Record<RowMark['code'], number>>>;
}
