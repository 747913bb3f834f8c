import { parentPort, workerData } from 'node:worker_threads';
import type { Kernels } from '../kernels/kernels';
import { loadKernels } from '../kernels/loadKernels';
import { scanElements } from './scanElements';
import type { ScanResult } from './scanJob';
import { SyncFileSource } from './syncFileSource';
import { sentError } from './sentError';
import type { JobMessage, ResultMessage, SentJob } from './workerMessages';

/** What a worker thread runs: does the jobs that it is sent, one after the other, until it is ended. */

/** Holds the id of the job that is not wanted any more: a worker at work sees no messages. */
const cancelled = new Int32Array(workerData as SharedArrayBuffer);
const kernels = loadKernels();

parentPort!.on('message', ({ id, job }: JobMessage) => {
  void answer(id, job);
});

async function answer(id: number, job: SentJob): Promise<void> {
  let message: ResultMessage;
  try {
    message = { id, ok: await run(await kernels, id, job) };
  } catch (error) {
    message = { id, error: sentError(error) };
  }
  const table = 'ok' in message ? message.ok.rows : undefined;
  parentPort!.postMessage(message, table ? [table.columns.count.buffer as ArrayBuffer] : []);
}

async function run(kernels: Kernels, id: number, { stretch, size, ref, ...job }: SentJob): Promise<ScanResult> {
  const source = new SyncFileSource(stretch, size);
  const throwIfAborted = () => {
    if (Atomics.load(cancelled, 0) === id) {
      throw new Error('The job is not wanted any more.');
    }
  };
  try {
    return await scanElements(kernels, { ...job, ref: { ...ref, source } }, { throwIfAborted });
  } finally {
    source.close();
  }
}
