import type { Kernels } from '../kernels/kernels';
import { loadKernels } from '../kernels/loadKernels';
import { scanElements } from './scanElements';
import type { Scanner, ScanJob, ScanResult } from './scanJob';

/**
 * Scans on the thread that asks, one job after the other, pausing for every read: for sources that no other thread can
 * read, and for tensors too small to be worth a message.
 */
export class SameThread implements Scanner {
  private kernels?: Promise<Kernels>;
  private last: Promise<unknown> = Promise.resolve();

  async scan(job: ScanJob, signal = new AbortController().signal): Promise<ScanResult> {
    this.kernels ??= loadKernels();
    const before = this.last;
    const result = this.kernels.then(async (kernels) => {
      await before;
      signal.throwIfAborted();
      return scanElements(kernels, job, signal);
    });
    this.last = result.catch(() => {}); // Its own caller learns of it.
    return result;
  }
}
