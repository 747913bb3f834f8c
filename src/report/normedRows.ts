import type { RowExtent } from '../norm/geometry';
import type { NormSpec } from '../norm/normSpec';
import { formatNumber } from '../tensor/formatNumber';
import type { NormRun } from './normRun';
import { markRows, type RowMarks } from './rowMarks';
import type { RowMoments } from './rowMoments';

/** The rows of a tensor and what a norm makes of them: what the rows report tells of. */
export interface NormedRows {
  readonly spec: NormSpec;
  /** One sentence on which rows these are or what is not known of them; absent where all is there. */
  readonly note?: string;
  readonly geometry: RowExtent;
  /** Of the rows of x. */
  readonly before: RowMoments;
  /** (rows,): what eps is added to, the centred variance or mean square; divided as the spec says. */
  readonly variance: Float64Array;
  /** Of the rows of x̂. */
  readonly normalized: Pick<RowMoments, 'mean' | 'variance'>;
  /** Of the rows of y; absent where they are not known. */
  readonly output?: Pick<RowMoments, 'mean' | 'variance'>;
  /**
   * Reads some rows to tell of their y; absent where all are known or none can be.
   *
   * @throws InputError if they cannot be read; the signal's reason once it is aborted
   */
  readonly readOutput?: (rows: Uint32Array, signal: AbortSignal) => Promise<Pick<RowMoments, 'mean' | 'variance'>>;
  readonly hasBias: boolean;
  /** Found when first asked for, and kept. */
  readonly marks: RowMarks;
  /** The NaN or Inf in a row, in words that follow "holds"; undefined if its values are finite. */
  notFinite(row: number): { readonly isNaN: boolean; readonly words: string } | undefined;
  /** The first value of a row. */
  firstValue(row: number): number;
}

/**
 * The rows of a run, whose values are all there.
 *
 * @param note where they are not all rows of the tensor: which they are
 */
export function rowsOfRun(run: NormRun, note?: string): NormedRows {
  const { geometry, x, normCase, parameters } = run;
  const { cols } = geometry;
  let marks: RowMarks | undefined;
  return {
    spec: normCase.spec,
    note,
    geometry,
    before: run.before,
    variance: run.forward.variance,
    // What is not asked for is not computed.
    get normalized() {
      return run.normalized;
    },
    get output() {
      return run.output;
    },
    hasBias: parameters.bias !== undefined,
    get marks() {
      return (marks ??= markRows(this));
    },
    notFinite(row) {
      const values = x.subarray(row * cols, (row + 1) * cols);
      const firstNaN = values.findIndex(Number.isNaN);
      const column = firstNaN >= 0 ? firstNaN : values.findIndex((value) => !Number.isFinite(value));
      return column < 0
        ? undefined
        : {
            isNaN: firstNaN >= 0,
            words: `${firstNaN >= 0 ? 'NaN' : formatNumber(values[column])} at column ${column}`,
          };
    },
    firstValue: (row) => x[row * cols],
  };
}
