import type { Listing, Problem, ProgressEvent, TensorStats } from '../src/protocol';
import { HostError, type Host } from './host';

/** What is known of a tensor: its statistics, or why it has none. */
export type Scanned = { readonly stats: TensorStats } | { readonly problem: Problem };

/** How far the statistics of a dump are. */
export interface ScanState {
  /** By the tensors' names; another map whenever there is more in it. */
  readonly tensors: ReadonlyMap<string, Scanned>;
  /** Where the reading is; undefined while nothing is read. */
  readonly progress?: { readonly tensor?: string; readonly doneBytes: number; readonly totalBytes: number };
  /** Why it ended before the end. */
  readonly problem?: Problem;
}

/** Statistics of all tensors of a dump, as the host tells of them. */
export class Scan {
  state: ScanState = { tensors: new Map() };
  private running?: AbortController;
  /** Tensors whose statistics are those of the file as it was before. */
  private old = new Set<string>();

  /** @param changed called whenever `state` is another one */
  constructor(
    private readonly host: Host,
    private readonly changed: () => void,
  ) {}

  /**
   * Forgets an earlier dump; begins with this one if it is to be scanned at once. Of tensors that are there again, as in a
   * file that was written anew, the old statistics stay until the new ones come.
   */
  show(listing: Listing | undefined): void {
    this.running?.abort();
    const again = listing?.scanAtOnce ? listing.tensors.map(({ name }) => name) : [];
    this.old = new Set(again.filter((name) => this.state.tensors.has(name)));
    this.set({ tensors: new Map([...this.old].map((name) => [name, this.state.tensors.get(name)!])) });
    if (listing?.scanAtOnce) {
      void this.start();
    }
  }

  /** Asks the host for the statistics of every tensor. */
  async start(): Promise<void> {
    this.running?.abort();
    const running = new AbortController();
    this.running = running;
    this.set({ tensors: this.state.tensors, progress: { doneBytes: 0, totalBytes: 0 } });
    const problem = await this.host
      .request('scan', {}, running.signal, (events) => this.take(events))
      .then(
        () => undefined,
        (error: unknown) => (error instanceof HostError ? error.problem : { message: String(error) }),
      );
    if (!running.signal.aborted) {
      this.set({ tensors: this.withoutOld(), problem });
    }
  }

  /** Stops reading; what is known stays. */
  cancel(): void {
    this.running?.abort();
    this.set({ tensors: this.withoutOld() });
  }

  private withoutOld(): ReadonlyMap<string, Scanned> {
    const { old } = this;
    this.old = new Set();
    return new Map([...this.state.tensors].filter(([name]) => !old.has(name)));
  }

  private take(events: readonly ProgressEvent[]): void {
    const tensors = new Map(this.state.tensors);
    let { progress } = this.state;
    for (const event of events) {
      if (event.type === 'scanProgress') {
        progress = event;
      } else if (event.type === 'stats') {
        tensors.set(event.tensor, event);
        this.old.delete(event.tensor);
      }
    }
    this.set({ tensors, progress });
  }

  private set(state: ScanState): void {
    this.state = state;
    this.changed();
  }
}
