import type { Shape } from '../tensor/shape';
import type { NormRun } from './normRun';
import { markRows, type RowMark } from './rowMarks';
import type { TensorStats } from './tensorStats';
import { pick, thin } from './thin';

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

/** Marks that the page lists; the counts tell of the rest. */
const maxMarks = 100;

/** The rows of a run: before the norm, and after it as x̂ ("normalized") or as y with γ and β ("output"). */
export function rowsReport(run: NormRun, after: 'normalized' | 'output'): RowsReport {
  const { before, geometry } = run;
  const result = run[after];
  const marks = markRows(run);
  const counts: Partial<Record<RowMark['code'], number>> = {};
  for (const { code } of marks) {
    counts[code] = (counts[code] ?? 0) + 1;
  }
  const listed = marks.slice(0, maxMarks);
  const shown = thin(
    [before.mean, before.variance, result.mean, result.variance],
    listed.map(({ row }) => row),
  );
  return {
    stats: before.stats,
    rowCount: geometry.rows,
    rowLength: geometry.cols,
    leadingShape: geometry.leadingShape,
    points: {
      row: shown,
      meanBefore: pick(before.mean, shown),
      varianceBefore: pick(before.variance, shown),
      meanAfter: pick(result.mean, shown),
      varianceAfter: pick(result.variance, shown),
    },
    thinned: shown.length < geometry.rows,
    marks: listed,
    markCounts: counts,
  };
}
