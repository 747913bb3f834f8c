import { receivedError, sentError, type SentError } from './sentError';

/** Calls that one end of a line answers: by name, what they take, what comes of them, and what is told meanwhile. */
export type Calls<C> = { [M in keyof C]: { params: unknown; result: unknown; event?: unknown } };

type Event<C extends Calls<C>, M extends keyof C> = NonNullable<C[M]['event']>;

/** How an end of a line answers. */
export type Answers<C extends Calls<C>> = {
  readonly [M in keyof C]: (
    params: C[M]['params'],
    signal: AbortSignal,
    tell: (event: Event<C, M>) => void,
  ) => Promise<C[M]['result']>;
};

/** What carries messages to another thread and back: a worker, its parent's port, or one end of a message channel. */
export interface Port {
  postMessage(message: unknown): void;
  on(event: 'message', take: (message: unknown) => void): unknown;
}

type Message =
  | { type: 'call'; id: number; method: string; params: unknown }
  | { type: 'abort'; id: number }
  | { type: 'event'; id: number; event: unknown }
  | { type: 'reply'; id: number; ok: unknown }
  | { type: 'reply'; id: number; error: SentError };

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly tell: (event: unknown) => void;
}

/** One end of a line between two threads, each of which answers the other's calls. */
export class Peer<Theirs extends Calls<Theirs>, Ours extends Calls<Ours>> {
  private readonly waiting = new Map<number, Waiting>();
  private readonly running = new Map<number, AbortController>();
  private lastId = 0;
  private closed?: Error;

  /** @param answers to the other end's calls; what is missing is refused */
  constructor(
    private readonly port: Port,
    private readonly answers: Partial<Answers<Ours>>,
  ) {
    port.on('message', (message) => void this.receive(message as Message));
  }

  /**
   * Asks the other end. An aborted call is over at once here; there it is told so.
   *
   * @throws InputError as the other end threw it; Error as it threw any other; the signal's reason
   */
  call<M extends keyof Theirs & string>(
    method: M,
    params: Theirs[M]['params'],
    options: { signal?: AbortSignal; tell?: (event: Event<Theirs, M>) => void } = {},
  ): Promise<Theirs[M]['result']> {
    const { signal, tell = () => {} } = options;
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      const over = this.closed ?? (signal?.aborted ? (signal.reason as Error) : undefined);
      if (over) {
        reject(over);
        return;
      }
      const abandon = () => {
        this.waiting.delete(id);
        this.post({ type: 'abort', id });
        reject(signal!.reason as Error);
      };
      const settled = () => signal?.removeEventListener('abort', abandon);
      signal?.addEventListener('abort', abandon, { once: true });
      this.waiting.set(id, {
        resolve: (result) => {
          settled();
          resolve(result);
        },
        reject: (error) => {
          settled();
          reject(error);
        },
        tell: (event) => tell(event as Event<Theirs, M>),
      });
      this.post({ type: 'call', id, method, params });
    });
  }

  /** Fails all calls that wait for the other end, which is gone, and those still to come. */
  close(error: Error): void {
    this.closed = error;
    const waiting = [...this.waiting.values()];
    this.waiting.clear();
    waiting.forEach(({ reject }) => reject(error));
  }

  private async receive(message: Message): Promise<void> {
    switch (message.type) {
      case 'call':
        return this.answer(message.id, message.method as keyof Ours & string, message.params);
      case 'abort':
        this.running.get(message.id)?.abort();
        return;
      case 'event':
        this.waiting.get(message.id)?.tell(message.event);
        return;
      default: {
        const waiting = this.waiting.get(message.id);
        this.waiting.delete(message.id);
        if ('error' in message) {
          waiting?.reject(receivedError(message.error));
        } else {
          waiting?.resolve(message.ok);
        }
      }
    }
  }

  private async answer(id: number, method: keyof Ours & string, params: unknown): Promise<void> {
    const controller = new AbortController();
    const { signal } = controller;
    this.running.set(id, controller);
    // What came in behind the call may take it back: then it costs nothing.
    await new Promise(setImmediate);
    try {
      signal.throwIfAborted();
      const answer = this.answers[method];
      if (answer === undefined) {
        throw new Error(`Nobody answers "${method}" here.`);
      }
      const ok = await answer(params, signal, (event) => this.post({ type: 'event', id, event }));
      if (!signal.aborted) {
        this.post({ type: 'reply', id, ok });
      }
    } catch (error) {
      this.post({ type: 'reply', id, error: sentError(error) });
    } finally {
      this.running.delete(id);
    }
  }

  private post(message: Message): void {
    this.port.postMessage(message);
  }
}
