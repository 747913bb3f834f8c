import type { Dump, TensorRef } from '../formats/dump';
import { byteLength } from '../formats/readValues';
import type { ScanEvent } from '../protocol';
import type { ReadAllRows } from '../report/streamedRows';
import { statsOf } from '../report/tensorStats';
import { InputError } from '../tensor/errors';
import type { ExactMoments } from './exactMoments';
import { inLanes } from './inLanes';
import { RecentResults, type KeptResult } from './recentResults';
import { ResultKeys } from './resultKeys';
import { SameThread } from './sameThread';
import type { Scanner } from './scanJob';
import { maxKeptBytes } from './sharedResults';
import { rowsMoments, tensorMoments, type RowsMoments, type ScanOptions } from './tensorMoments';
import type { WorkerPool } from './workerPool';

/** Tensors below this many bytes take less time than to wake a worker. */
const smallBytes = 2 ** 20;

/** Bytes that the moments of one row, or of a whole tensor with its key, take about. */
const bytesPerRow = 112;
const bytesPerTensor = 512;

/** What is asked about a tensor of which no rows are wanted. */
const wholeTensor = 'whole';

/** Who remembers results for longer than this thread lives: see SharedResultCalls. */
export interface ResultMemory {
  recall(keys: readonly string[]): Promise<readonly KeptResult[]>;
  remember(results: readonly KeptResult[]): Promise<void>;
}

/** Takes moments of tensors of any size in the background, and remembers them. */
export class MomentsService {
  private readonly sameThread = new SameThread();
  private readonly keys = new ResultKeys();
  private readonly kept = new RecentResults(maxKeptBytes);

  /**
   * @param pool   workers for what lies in files; without one everything is done on this thread
   * @param memory of what was found out about files before, by this thread or another
   */
  constructor(
    private readonly pool?: WorkerPool,
    private readonly memory?: ResultMemory,
  ) {}

  /** Moments of all values of a tensor, as `tensorMoments`. */
  async whole(ref: TensorRef, options: ScanOptions = {}): Promise<ExactMoments> {
    const key = this.keys.of(ref, wholeTensor);
    const known = this.kept.get(key);
    if (known) {
      options.onBytes?.(byteLength(ref));
      return known.result as ExactMoments;
    }
    const result = await tensorMoments(ref, this.scannerFor(ref), options);
    this.kept.set({ key, result, bytes: bytesPerTensor });
    return result;
  }

  /** Moments of every row of a tensor, as `rowsMoments`. */
  async rows(ref: TensorRef, axes: readonly number[], options: ScanOptions = {}): Promise<RowsMoments> {
    const question = axes.join();
    const key = this.keys.of(ref, question);
    await this.recall([ref], question);
    const known = this.kept.get(key);
    if (known) {
      options.onBytes?.(byteLength(ref));
      return known.result as RowsMoments;
    }
    const result = await rowsMoments(ref, axes, this.scannerFor(ref), options);
    this.kept.set({ key, result, bytes: bytesPerRow * result.rows });
    await this.remember([ref], question);
    return result;
  }

  /** Moments of every row of a tensor as the inspector takes them. */
  readonly allRows: ReadAllRows = async (ref, axes, options) => {
    const { table, all } = await this.rows(ref, axes, options);
    return { columns: table.columns, stats: statsOf(all) };
  };

  /**
   * Takes the statistics of every tensor of a dump. One that cannot be read is told as such and does not stop the others.
   *
   * @param onEvent told of each tensor once it is done, and in between of how far the scan is
   * @throws the signal's reason once it is aborted
   */
  async dump({ tensors }: Dump, onEvent: (event: ScanEvent) => void, signal: AbortSignal): Promise<void> {
    const unknown = await this.recall(tensors, wholeTensor);
    const totalBytes = tensors.reduce((sum, ref) => sum + byteLength(ref), 0);
    let doneBytes = 0;
    const take = async (ref: TensorRef) => {
      signal.throwIfAborted();
      const tensor = ref.name;
      const onBytes = (bytes: number) => {
        doneBytes += bytes;
        onEvent({ type: 'scanProgress', tensor, doneBytes, totalBytes });
      };
      try {
        onEvent({ type: 'stats', tensor, stats: statsOf(await this.whole(ref, { signal, onBytes })) });
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof InputError)) {
          throw error;
        }
        onEvent({ type: 'stats', tensor, problem: { message: error.message, advice: error.advice } });
      }
    };
    try {
      await inLanes(tensors, take);
    } finally {
      await this.remember(unknown, wholeTensor);
    }
  }

  /** Ends the workers. */
  async dispose(): Promise<void> {
    await this.pool?.dispose();
  }

  /** Fetches what others found out about files; returns the tensors of which nothing is known yet. */
  private async recall(refs: readonly TensorRef[], question: string): Promise<readonly TensorRef[]> {
    const isUnknown = (ref: TensorRef) => this.kept.get(this.keys.of(ref, question)) === undefined;
    const wanted = refs.filter((ref) => isInFile(ref) && isUnknown(ref));
    if (this.memory && wanted.length > 0) {
      const results = await this.memory.recall(wanted.map((ref) => this.keys.of(ref, question)));
      results.forEach((result) => this.kept.set(result));
    }
    return wanted.filter(isUnknown);
  }

  /** Hands on what was found out about tensors of files, as far as it is known. */
  private async remember(refs: readonly TensorRef[], question: string): Promise<void> {
    const results = refs.filter(isInFile).flatMap((ref) => this.kept.get(this.keys.of(ref, question)) ?? []);
    if (this.memory && results.length > 0) {
      await this.memory.remember(results);
    }
  }

  private scannerFor(ref: TensorRef): Scanner {
    // The workers read the file themselves.
    const isForPool = ref.source.stretch !== undefined && byteLength(ref) >= smallBytes;
    return (isForPool && this.pool) || this.sameThread;
  }
}

/** Whether the bytes of a tensor come from a file, which every thread knows by the same key. */
function isInFile({ source }: TensorRef): boolean {
  return source.origin !== undefined;
}
