import { Worker } from 'node:worker_threads';
import type { Scanner, ScanJob, ScanResult } from './scanJob';
import { receivedError } from './sentError';
import { sentJob, type JobMessage, type ResultMessage, type SentJob } from './workerMessages';

/** The name of the bundle of momentsWorker.ts, which lies beside those of the extension and the command line. */
export const workerFile = 'momentsWorker.js';

/** How long an idle worker is kept for the next scan, in milliseconds. */
const idleTime = 10_000;

/** A job, and who waits for it. */
interface Task {
  readonly job: SentJob;
  settle(outcome: { ok: ScanResult } | { error: Error }): void;
}

/**
 * Scans on worker threads, each of which reads the file itself. Workers start when there is work for them and end when
 * they have been idle for a while; one that crashes costs its own job and is replaced.
 */
export class WorkerPool implements Scanner {
  private readonly waiting: Task[] = [];
  private readonly idle: PoolWorker[] = [];
  private readonly workers = new Set<PoolWorker>();

  /**
   * @param workerFile path of the workers' bundle
   * @param size       the most workers at a time
   */
  constructor(
    private readonly workerFile: string,
    private readonly size: number,
  ) {}

  /**
   * @throws InputError if the file cannot be read or has changed; Error if the worker ended; the signal's reason once it
   *         is aborted
   */
  scan(job: ScanJob, signal?: AbortSignal): Promise<ScanResult> {
    const sent = sentJob(job);
    if (sent === undefined) {
      return Promise.reject(new TypeError(`"${job.ref.name}" does not lie in a file.`));
    }
    return new Promise((resolve, reject) => {
      const abandon = () => {
        this.withdraw(task);
        reject(signal!.reason as Error);
      };
      const task: Task = {
        job: sent,
        settle: (outcome) => {
          signal?.removeEventListener('abort', abandon);
          if ('ok' in outcome) {
            resolve(outcome.ok);
          } else {
            reject(outcome.error);
          }
        },
      };
      if (signal?.aborted) {
        reject(signal.reason as Error);
        return;
      }
      signal?.addEventListener('abort', abandon, { once: true });
      this.waiting.push(task);
      this.assign();
    });
  }

  /** Ends all workers; jobs that wait or run are rejected. */
  async dispose(): Promise<void> {
    this.waiting.splice(0).forEach((task) => task.settle({ error: new Error('The pool was closed.') }));
    await Promise.all(Array.from(this.workers, (worker) => worker.end()));
  }

  private withdraw(task: Task): void {
    const place = this.waiting.indexOf(task);
    if (place >= 0) {
      this.waiting.splice(place, 1);
    } else {
      this.workers.forEach((worker) => worker.cancel(task));
    }
  }

  private assign(): void {
    while (this.waiting.length > 0) {
      const worker = this.idle.pop() ?? (this.workers.size < this.size ? this.start() : undefined);
      if (worker === undefined) {
        return;
      }
      worker.run(this.waiting.shift()!);
    }
  }

  private start(): PoolWorker {
    const worker: PoolWorker = new PoolWorker(
      this.workerFile,
      () => {
        this.idle.push(worker);
        this.assign();
      },
      () => {
        this.workers.delete(worker);
        const place = this.idle.indexOf(worker);
        if (place >= 0) {
          this.idle.splice(place, 1);
        }
        this.assign();
      },
    );
    this.workers.add(worker);
    return worker;
  }
}

/** One worker thread and the task it has. */
class PoolWorker {
  private readonly cancelled = new Int32Array(new SharedArrayBuffer(4));
  private readonly thread: Worker;
  private task?: Task;
  private lastId = 0;
  private idleTimer?: NodeJS.Timeout;

  /**
   * @param onIdle  called after each task
   * @param onEnded called once, when the thread is gone
   */
  constructor(
    workerFile: string,
    private readonly onIdle: () => void,
    onEnded: () => void,
  ) {
    this.thread = new Worker(workerFile, { workerData: this.cancelled.buffer });
    this.thread.on('message', (message: ResultMessage) => this.receive(message));
    this.thread.on('error', (error) => this.finish({ error }));
    this.thread.on('exit', (code) => {
      clearTimeout(this.idleTimer);
      this.finish({ error: new Error(`A worker thread ended with code ${code} before its work was done.`) });
      onEnded();
    });
  }

  run(task: Task): void {
    clearTimeout(this.idleTimer);
    this.thread.ref();
    this.task = task;
    this.lastId++;
    this.thread.postMessage({ id: this.lastId, job: task.job } satisfies JobMessage);
  }

  /** Stops a task at its next chunk, if it is the one under way; whatever comes of it is dropped. */
  cancel(task: Task): void {
    if (this.task === task) {
      Atomics.store(this.cancelled, 0, this.lastId);
    }
  }

  async end(): Promise<void> {
    await this.thread.terminate();
  }

  private receive(message: ResultMessage): void {
    this.finish('ok' in message ? { ok: message.ok } : { error: receivedError(message.error) });
    // An idle worker must not keep a program alive that has nothing else to do.
    this.thread.unref();
    this.idleTimer = setTimeout(() => void this.end(), idleTime).unref();
    this.onIdle();
  }

  private finish(outcome: { ok: ScanResult } | { error: Error }): void {
    const { task } = this;
    this.task = undefined;
    task?.settle(outcome);
  }
}
