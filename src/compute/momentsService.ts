import type { Dump, TensorRef } from '../formats/dump';
import { byteLength } from '../formats/readValues';
import type { ScanEvent } from '../protocol';
import type { ReadAllRows } from '../report/streamedRows';
import { statsOf } from '../report/tensorStats';
import { InputError } from '../tensor/errors';
import type { ExactMoments } from './exactMoments';
import { inLanes } from './inLanes';
import { RecentResults } from './recentResults';
import { SameThread } from './sameThread';
import type { Scanner } from './scanJob';
import { rowsMoments, tensorMoments, type RowsMoments, type ScanOptions } from './tensorMoments';
import type { WorkerPool } from './workerPool';

/** Tensors below this many bytes take less time than to wake a worker. */
const smallBytes = 2 ** 20;

/** Bytes of results kept: those of some hundred thousand tensors, or the rows of a few large ones. */
const maxKeptBytes = 2 ** 27;

/** Bytes that the moments of one row, or of a whole tensor with its key, take about. */
const bytesPerRow = 112;
const bytesPerTensor = 512;

/** Takes moments of tensors of any size in the background, and remembers them. */
export class MomentsService {
  private readonly sameThread = new SameThread();
  private readonly wholes = new RecentResults<ExactMoments>(maxKeptBytes);
  private readonly rowTables = new RecentResults<RowsMoments>(maxKeptBytes);

  /** @param pool workers for what lies in files; without one everything is done on this thread */
  constructor(private readonly pool?: WorkerPool) {}

  /** Moments of all values of a tensor, as `tensorMoments`. */
  async whole(ref: TensorRef, options: ScanOptions = {}): Promise<ExactMoments> {
    const known = this.wholes.get(ref, '');
    if (known) {
      options.onBytes?.(byteLength(ref));
      return known;
    }
    const moments = await tensorMoments(ref, this.scannerFor(ref), options);
    this.wholes.set(ref, '', moments, bytesPerTensor);
    return moments;
  }

  /** Moments of every row of a tensor, as `rowsMoments`. */
  async rows(ref: TensorRef, axes: readonly number[], options: ScanOptions = {}): Promise<RowsMoments> {
    const question = axes.join();
    const known = this.rowTables.get(ref, question);
    if (known) {
      options.onBytes?.(byteLength(ref));
      return known;
    }
    const moments = await rowsMoments(ref, axes, this.scannerFor(ref), options);
    this.rowTables.set(ref, question, moments, bytesPerRow * moments.rows);
    return moments;
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
    const totalBytes = tensors.reduce((sum, ref) => sum + byteLength(ref), 0);
    let doneBytes = 0;
    await inLanes(tensors, async (ref) => {
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
    });
  }

  /** Ends the workers. */
  async dispose(): Promise<void> {
    await this.pool?.dispose();
  }

  private scannerFor(ref: TensorRef): Scanner {
    const isForPool = ref.source.stretch !== undefined && byteLength(ref) >= smallBytes;
    return (isForPool && this.pool) || this.sameThread;
  }
}
