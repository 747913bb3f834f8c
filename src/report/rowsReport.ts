import type { Shape } from '../tensor/shape';
import type { NormedRows } from './normedRows';
import type { RowMark } from './rowMarks';
import type { TensorStats } from './tensorStats';
import { pick, stretchOf, thin, type Focus } from './thin';

/** Mean and variance (÷N) of the rows of x and of what the norm makes of them. */
export interface RowsReport {
  /** Statistics of all of x. */
  readonly stats: TensorStats;
  /** One sentence on which rows these are or what is not known of them; absent where all is there. */
  readonly note?: string;
  /** Whether y is known; if not, "after" is x̂ whatever was asked for. */
  readonly hasOutput: boolean;
  /** What "after" is: x̂ ("normalized") or y with γ and β ("output"). */
  readonly after: 'normalized' | 'output';
  readonly rowCount: number;
  readonly rowLength: number;
  /** Axes that rows are counted along: row 5 of leadingShape (2, 3) is row (1, 2). */
  readonly leadingShape: Shape;
  /** One entry per shown row, of many those with the extremes of every series; arrays of equal length, `row` ascending. */
  readonly points: {
    readonly row: Uint32Array;
    readonly meanBefore: Float64Array;
    readonly varianceBefore: Float64Array;
    readonly meanAfter: Float64Array;
    readonly varianceAfter: Float64Array;
  };
  /** The rows that stand out, worst first, at most 100 of them. */
  readonly marks: readonly RowMark[];
  /** How many rows stand out by code, all rows counted. */
  readonly markCounts: Readonly<Partial<Record<RowMark['code'], number>>>;
}

/**
 * The rows before and after a norm.
 *
 * @param after what "after" should be; x̂ where y is not known
 * @param focus "Row"s that are looked at closely: of many rows more points are shown there
 */
export function rowsReport(rows: NormedRows, after: RowsReport['after'], focus?: Focus): RowsReport {
  const { before, geometry } = rows;
  const output = after === 'output' ? rows.output : undefined;
  const result = output ?? rows.normalized;
  const { listed, counts } = rows.marks;
  const shown = thin(
    [before.mean, before.variance, result.mean, result.variance],
    listed.map(({ row }) => row),
    stretchOf(focus, 'Row', geometry.rows),
  );
  return {
    stats: before.stats,
    note: rows.note,
    hasOutput: rows.output !== undefined || rows.readOutput !== undefined,
    after: output ? 'output' : 'normalized',
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
    marks: listed,
    markCounts: counts,
  };
}

/**
 * A report with y in place of x̂, where that takes to read the rows that are shown.
 *
 * @throws what `readOutput` of the rows throws
 */
export async function withOutput(report: RowsReport, rows: NormedRows, signal: AbortSignal): Promise<RowsReport> {
  const { points } = report;
  const read = await rows.readOutput?.(points.row, signal);
  return read === undefined
    ? report
    : {
        ...report,
        after: 'output',
        note: 'y is that of the rows drawn, whose values were read for it: others may reach further.',
        points: { ...points, meanAfter: read.mean, varianceAfter: read.variance },
      };
}
