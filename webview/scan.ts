import type { Listing, Problem, ScanEvent, TensorStats } from '../src/protocol';
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

  /** @param changed called whenever `state` is another one */
  constructor(
    private readonly host: Host,
    private readonly changed: () => void,
  ) {}

  /** Forgets an earlier dump; begins with this one if it is to be scanned at once. */
  show(listing: Listing | undefined): void {
    this.running?.abort();
    this.set({ tensors: new Map() });
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
      this.set({ tensors: this.state.tensors, problem });
    }
  }

  /** Stops reading; what is known stays. */
  cancel(): void {
    this.running?.abort();
    this.set({ tensors: this.state.tensors });
  }

  private take(events: readonly ScanEvent[]): void {
    const tensors = new Map(this.state.tensors);
    let { progress } = this.state;
    for (const event of events) {
      if (event.type === 'scanProgress') {
        progress = event;
      } else {
        tensors.set(event.tensor, event);
      }
    }
    this.set({ tensors, progress });
  }

  private set(state: ScanState): void {
    this.state = state;
    this.changed();
  }
}
