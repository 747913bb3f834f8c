import type { Dump, TensorRef } from '../formats/dump';
import { byteLength } from '../formats/readValues';
import type { ScanEvent } from '../protocol';
import { statsOf } from '../report/tensorStats';
import { InputError } from '../tensor/errors';
import type { ExactMoments } from './exactMoments';
import { SameThread } from './sameThread';
import type { Scanner } from './scanJob';
import { rowsMoments, tensorMoments, type RowsMoments, type ScanOptions } from './tensorMoments';

/** Tensors of a dump scanned at the same time, so that small ones keep every worker busy. */
const tensorsAtOnce = 8;

/** Takes moments of tensors of any size in the background, and remembers them. */
export class MomentsService {
  private readonly sameThread = new SameThread();

  /** Moments of all values of a tensor, as `tensorMoments`. */
  async whole(ref: TensorRef, options: ScanOptions = {}): Promise<ExactMoments> {
    return tensorMoments(ref, this.scannerFor(ref), options);
  }

  /** Moments of every row of a tensor, as `rowsMoments`. */
  async rows(ref: TensorRef, axes: readonly number[], options: ScanOptions = {}): Promise<RowsMoments> {
    return rowsMoments(ref, axes, this.scannerFor(ref), options);
  }

  /**
   * Takes the statistics of every tensor of a dump. One that cannot be read is told as such and does not stop the others.
   *
   * @param onEvent told of each tensor once it is done, and in between of how far the scan is
   * @throws the signal's reason once it is aborted
   */
  async dump({ tensors }: Dump, onEvent: (event: ScanEvent) => void, signal: AbortSignal): Promise<void> {
    const totalBytes = tensors.reduce((sum, ref) => sum + byteLength(ref), 0);
    let doneBytes = 0;
    const waiting = tensors.values();
    const scanNext = async (): Promise<void> => {
      for (const ref of waiting) {
        const onBytes = (bytes: number) => {
          doneBytes += bytes;
          onEvent({ type: 'scanProgress', tensor: ref.name, doneBytes, totalBytes });
        };
        try {
          onEvent({ type: 'stats', tensor: ref.name, stats: statsOf(await this.whole(ref, { signal, onBytes })) });
        } catch (error) {
          signal.throwIfAborted();
          if (!(error instanceof InputError)) {
            throw error;
          }
          onEvent({ type: 'stats', tensor: ref.name, problem: { message: error.message, advice: error.advice } });
        }
      }
    };
    await Promise.all(Array.from({ length: tensorsAtOnce }, scanNext));
  }

  private scannerFor(_ref: TensorRef): Scanner {
    return this.sameThread;
  }
}
