import type { FileStretch } from '../formats/byteSource';
import type { TensorRef } from '../formats/dump';
import type { ScanJob, ScanResult } from './scanJob';
import type { SentError } from './sentError';

/** A job as it travels to a worker, which opens the file itself. */
export interface SentJob extends Omit<ScanJob, 'ref'> {
  readonly ref: Omit<TensorRef, 'source'>;
  readonly stretch: FileStretch;
  /** Bytes of the source that the stretch is. */
  readonly size: number;
}

/** Main thread to worker: one job at a time. */
export interface JobMessage {
  readonly id: number;
  readonly job: SentJob;
}

/** Worker to main thread: what came of a job. */
export type ResultMessage = { id: number; ok: ScanResult } | { id: number; error: SentError };

/** A job for a worker; undefined if its source is nothing that another thread can read. */
export function sentJob({ ref, ...rest }: ScanJob): SentJob | undefined {
  const { source, ...place } = ref;
  const { stretch, size } = source;
  return stretch && { ...rest, ref: place, stretch, size };
}
