import type { TensorRef } from '../formats/dump';
import type { ExactMoments } from './exactMoments';
import type { MomentsTable } from './momentsTable';

/** A stretch of a tensor to take the moments of. */
export interface ScanJob {
  /** With the axes that a row runs along last. */
  readonly ref: TensorRef;
  readonly rowLength: number;
  /** Elements in C order, `end` exclusive; both may stand within a row. */
  readonly start: number;
  readonly end: number;
  /** Whether the rows are wanted too, and with them the third and fourth moments, which are NaN otherwise. */
  readonly withRows: boolean;
  /** Which row of the tensor the first one of the stretch is. */
  readonly firstRow: number;
  /** Whether other jobs hold other parts of the same rows. */
  readonly isPartial: boolean;
  /** Whether to read the stretch in one go: its rows lie across each other, so that parts would read all of it again. */
  readonly atOnce: boolean;
}

/** What a scan of a stretch found. */
export interface ScanResult {
  readonly all: ExactMoments;
  /** Of the rows that the stretch touches, of each the part within it; absent if not wanted. */
  readonly rows?: MomentsTable;
}

/** Somebody who scans: this thread, or a pool of worker threads. */
export interface Scanner {
  /**
   * @throws InputError if the source cannot be read; the signal's reason once it is aborted
   */
  scan(job: ScanJob, signal?: AbortSignal): Promise<ScanResult>;
}
