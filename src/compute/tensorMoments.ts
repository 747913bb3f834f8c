import type { TensorRef } from '../formats/dump';
import { dtypes } from '../tensor/dtype';
import { LimitError } from '../tensor/errors';
import { formatShape } from '../tensor/shape';
import { mergeExact, noMoments, type ExactMoments } from './exactMoments';
import { inLanes } from './inLanes';
import { mergeRow } from './mergeRow';
import { copyRows, emptyTable, type MomentsTable } from './momentsTable';
import { planRows, planWhole, type ScanPlan } from './planScan';
import { isExactInteger } from './scanElements';
import type { Scanner, ScanJob, ScanResult } from './scanJob';

/** How a scan is followed and stopped. */
export interface ScanOptions {
  readonly signal?: AbortSignal;
  /** Called whenever more bytes of values have been read, with how many. */
  readonly onBytes?: (bytes: number) => void;
}

/** Rows whose moments are held at once: half a gigabyte. */
const maxRows = 2 ** 22;

/** Moments of the rows of a tensor, and of all of them together. */
export interface RowsMoments {
  readonly all: ExactMoments;
  /** In C order of the axes that rows do not run along. */
  readonly rows: number;
  readonly rowLength: number;
  readonly table: MomentsTable;
}

/**
 * Moments of all values of a tensor, up to the second where kernels take them; complex ones count by magnitude. They do
 * not depend on the scanner.
 *
 * @throws InputError if the tensor cannot be read; the signal's reason once it is aborted
 */
export async function tensorMoments(
  ref: TensorRef,
  scanner: Scanner,
  options: ScanOptions = {},
): Promise<ExactMoments> {
  return scan(planWhole(ref), scanner, options);
}

/**
 * Moments of each row of a tensor.
 *
 * @param axes the axes that a row runs along; they need not be the last ones nor neighbours
 * @throws ShapeError if an axis does not exist
 * @throws LimitError if there are too many rows
 * @throws InputError if the tensor cannot be read; the signal's reason once it is aborted
 */
export async function rowsMoments(
  ref: TensorRef,
  axes: readonly number[],
  scanner: Scanner,
  options: ScanOptions = {},
): Promise<RowsMoments> {
  const plan = planRows(ref, axes);
  const { rows, rowLength } = plan;
  if (rows > maxRows) {
    throw new LimitError(`"${ref.name}" ${formatShape(ref.shape)} has ${rows} rows; at most ${maxRows} are held.`, {
      advice: 'Let rows run along more axes.',
    });
  }
  const table = emptyTable(rows, isExactInteger(ref.dtype), SharedArrayBuffer);
  const all = await scan(plan, scanner, options, table);
  return { all, rows, rowLength, table };
}

/** Runs the jobs of a plan and merges their results in order. */
async function scan(
  { jobs }: ScanPlan,
  scanner: Scanner,
  { signal, onBytes }: ScanOptions,
  table?: MomentsTable,
): Promise<ExactMoments> {
  const failure = new AbortController();
  const stop = signal ? AbortSignal.any([signal, failure.signal]) : failure.signal;
  const results = new Array<ScanResult | undefined>(jobs.length);
  let all = noMoments;
  let merged = 0;
  try {
    await inLanes(jobs, async (job, i) => {
      results[i] = await scanner.scan(job, stop);
      onBytes?.((job.end - job.start) * dtypes[job.ref.dtype].bytes);
      for (let next = results[merged]; next !== undefined; next = results[merged]) {
        all = mergeExact(all, next.all);
        addRows(table, next.rows, jobs[merged]);
        results[merged++] = undefined;
      }
    });
  } catch (error) {
    failure.abort(error);
    throw error;
  }
  return all;
}

function addRows(table: MomentsTable | undefined, rows: MomentsTable | undefined, { firstRow, isPartial }: ScanJob) {
  if (table === undefined || rows === undefined) {
    return;
  }
  if (!isPartial) {
    copyRows(rows, table, firstRow);
    return;
  }
  for (let row = 0; row < rows.columns.count.length; row++) {
    mergeRow(table, firstRow + row, rows, row);
  }
}
