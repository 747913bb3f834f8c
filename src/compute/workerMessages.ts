import type { FileStretch } from '../formats/byteSource';
import type { TensorRef } from '../formats/dump';
import { FormatError, InputError, LimitError } from '../tensor/errors';
import type { ScanJob, ScanResult } from './scanJob';

/** A job as it travels to a worker, which opens the file itself. */
export interface SentJob extends Omit<ScanJob, 'ref'> {
  readonly ref: Omit<TensorRef, 'source'>;
  readonly stretch: FileStretch;
  /** Bytes of the source that the stretch is. */
  readonly size: number;
}

/** An error as it travels back: classes do not survive the way. */
export type SentError =
  | { kind: 'format'; format: string; reason: string; byteOffset?: number; advice?: string }
  | { kind: 'limit'; message: string; advice?: string }
  | { kind: 'other'; message: string; stack?: string };

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

/** An error in a form that can be sent. */
export function sentError(error: unknown): SentError {
  if (error instanceof FormatError) {
    const { format, reason, byteOffset, advice } = error;
    return { kind: 'format', format, reason, byteOffset, advice };
  }
  if (error instanceof InputError) {
    return { kind: 'limit', message: error.message, advice: error.advice };
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { kind: 'other', message, stack };
}

/** The error that was sent. */
export function receivedError(sent: SentError): Error {
  switch (sent.kind) {
    case 'format':
      return new FormatError(sent.format, sent.reason, sent.byteOffset, { advice: sent.advice });
    case 'limit':
      return new LimitError(sent.message, { advice: sent.advice });
    default:
      return Object.assign(new Error(sent.message), { stack: sent.stack });
  }
}
