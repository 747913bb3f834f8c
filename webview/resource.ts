import type { Method, Params, Problem, Result, ScanEvent } from '../src/protocol';
import { HostError, type Host } from './host';

/** What is known of the answer to a question. */
export interface Answer<M extends Method> {
  /** The last answer; to an earlier question while `pending`. */
  readonly value?: Result<M>;
  /** Why the last question has no answer. */
  readonly problem?: Problem;
  readonly pending: boolean;
  /** How far the host is with the answer, where it says so; bytes. */
  readonly progress?: { readonly done: number; readonly total: number };
}

/**
 * A question to the host that is asked again whenever its parameters change. The last answer stays until the next one
 * is there.
 */
export class Resource<M extends Method> {
  answer: Answer<M> = { pending: false };
  private asked?: Params<M>;
  private running?: AbortController;
  private next?: Params<M>;

  /**
   * @param changed called whenever `answer` is another one
   * @param follow  `replace`: a new question cancels the one under way; `queue`: it waits for it, and only the latest
   *                one waits, so that a slider shows what it passes without the host falling behind
   */
  constructor(
    private readonly host: Host,
    private readonly method: M,
    private readonly changed: () => void,
    private readonly follow: 'replace' | 'queue' = 'replace',
  ) {}

  /** Asks, unless just this was asked last. */
  ask(params: Params<M>): void {
    if (JSON.stringify(params) === JSON.stringify(this.asked)) {
      return;
    }
    this.asked = params;
    if (this.running !== undefined && this.follow === 'queue') {
      this.next = params;
    } else {
      this.running?.abort();
      void this.run(params);
    }
  }

  /** Asks the last question once more. */
  retry(): void {
    const { asked } = this;
    this.asked = undefined;
    if (asked !== undefined) {
      this.ask(asked);
    }
  }

  /** Has the last question asked again when it comes next: what it is about has changed. */
  outdate(): void {
    this.asked = undefined;
  }

  /** Stops waiting for the answer, and says so. */
  cancel(): void {
    this.stop();
    this.set({
      ...this.answer,
      problem: { message: 'This was cancelled.', isWanted: true },
      pending: false,
      progress: undefined,
    });
  }

  /** Forgets question and answer. */
  clear(): void {
    this.stop();
    this.asked = undefined;
    this.set({ pending: false });
  }

  private stop(): void {
    this.running?.abort();
    this.running = undefined;
    this.next = undefined;
  }

  private async run(params: Params<M>): Promise<void> {
    const running = new AbortController();
    this.running = running;
    this.set({ ...this.answer, pending: true, progress: undefined });
    const progress = (events: readonly ScanEvent[]) => this.take(events);
    const answer = await this.host.request(this.method, params, running.signal, progress).then(
      (value) => ({ value }),
      (error: unknown) => ({
        value: this.answer.value,
        problem: error instanceof HostError ? error.problem : { message: String(error) },
      }),
    );
    if (running.signal.aborted) {
      return;
    }
    const { next } = this;
    this.next = undefined;
    this.running = undefined;
    this.set({ ...answer, pending: next !== undefined });
    if (next !== undefined) {
      void this.run(next);
    }
  }

  private take(events: readonly ScanEvent[]): void {
    for (const event of events) {
      if (event.type === 'scanProgress') {
        this.set({ ...this.answer, progress: { done: event.doneBytes, total: event.totalBytes } });
      }
    }
  }

  private set(answer: Answer<M>): void {
    this.answer = answer;
    this.changed();
  }
}
