import type { HostMessage, Method, Opened, PageMessage, Params, Problem, Result, ProgressEvent } from '../src/protocol';
import { fromWire } from './wireNumbers';

/** A request that the host could not answer. */
export class HostError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

interface Waiting {
  resolve(result: Result<Method>): void;
  reject(error: unknown): void;
  progress(events: readonly ProgressEvent[]): void;
}

/** The page's end of the line to the host: every request settles once; replies that nobody waits for are dropped. */
export class Host {
  /** What the page is opened on changed. */
  onOpened: (opened: Opened) => void = () => {};
  /** The file behind the page changed and cannot be read yet. */
  onWaits: () => void = () => {};
  /** The cursor in the text stands in this row of the last axis. */
  onRow: (row: number) => void = () => {};
  private nextId = 1;
  private readonly waiting = new Map<number, Waiting>();

  constructor(private readonly post: (message: PageMessage) => void) {}

  /**
   * Asks the host. Aborting the signal tells the host not to go on.
   *
   * @param progress takes what the host tells before it answers
   * @throws HostError  if the host answers with a problem
   * @throws AbortError as the signal's reason, once it is aborted
   */
  request<M extends Method>(
    method: M,
    params: Params<M>,
    signal?: AbortSignal,
    progress: Waiting['progress'] = () => {},
  ): Promise<Result<M>> {
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject, progress });
      signal?.addEventListener('abort', () => {
        if (this.waiting.delete(id)) {
          this.post({ type: 'cancel', id });
          reject(signal.reason as Error);
        }
      });
      this.post({ type: 'request', id, method, params } as PageMessage);
    });
  }

  /** Takes a message of the window; what is none of the host's is ignored. */
  receive(wired: unknown): void {
    const message = fromWire(wired);
    if (!isHostMessage(message)) {
      return;
    }
    if (message.type === 'opened') {
      this.onOpened(message.opened);
    } else if (message.type === 'waits') {
      this.onWaits();
    } else if (message.type === 'row') {
      this.onRow(message.row);
    } else if (message.type === 'progress') {
      this.waiting.get(message.id)?.progress(message.events);
    } else {
      const waiting = this.waiting.get(message.id);
      this.waiting.delete(message.id);
      if ('err' in message) {
        waiting?.reject(new HostError(message.err));
      } else {
        waiting?.resolve(message.ok);
      }
    }
  }
}

function isHostMessage(message: unknown): message is HostMessage {
  if (typeof message !== 'object' || message === null || !('type' in message)) {
    return false;
  }
  const { type, id, row, opened, events } = message as Record<string, unknown>;
  return (
    (type === 'reply' && typeof id === 'number' && ('ok' in message || 'err' in message)) ||
    (type === 'progress' && typeof id === 'number' && Array.isArray(events)) ||
    type === 'waits' ||
    (type === 'opened' && typeof opened === 'object' && opened !== null) ||
    (type === 'row' && Number.isInteger(row))
  );
}
