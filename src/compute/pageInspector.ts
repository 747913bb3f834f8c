import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Method, Opened, Params, ProgressEvent, Result, Subject } from '../protocol';
import type { FoundArray } from '../report/findCase';
import type { CaseFormat } from '../report/writtenCase';
import { LimitError } from '../tensor/errors';
import type { FoundPlace, HostAnswers, HostCalls, InspectedThing, InspectorCalls } from './inspectorCalls';
import { Peer, type Answers } from './peer';
import type { ServedInspector } from './serveInspector';
import type { SharedResultCalls } from './sharedResults';

/** The name of the bundle of inspectorWorker.ts, which lies beside that of the extension. */
export const inspectorFile = 'inspectorWorker.js';

/** How long a thread may take to hear that a request was cancelled before it is given up, in milliseconds. */
const patience = 100;

/** How long a thread is kept that nobody asks anything, in milliseconds: each takes some 16 MB besides what it holds. */
const idleTime = 300_000;

/** The threads of pages, where they find their workers, and what they know of each other. */
export interface InspectorThreads {
  /** Path of the bundle of inspectorWorker.ts. */
  readonly file: string;
  readonly pool: ServedInspector['pool'];
  /** What they found out, for those that come after them. */
  readonly results: Answers<SharedResultCalls>;
}

/** A thread was given up because it did not hear; whoever still waits for it asks the next one. */
class GivenUp extends Error {}

/**
 * The inspector of one page, on a thread of its own, so that nothing that it computes or reads holds up the host. A thread
 * that crashes costs what it was asked and is replaced; the next one shows what the page showed.
 */
export class PageInspector {
  private thread?: Promise<Thread>;
  /** What the page shows, as far as it is told. */
  private subject?: Pick<Subject, 'id' | 'title' | 'slice'>;
  private questions = 0;
  private idleTimer?: NodeJS.Timeout;

  /** @param answers to what the inspector asks of the host about this thing */
  constructor(
    private readonly threads: InspectorThreads,
    private readonly thing: InspectedThing,
    private readonly answers: HostAnswers,
  ) {}

  /** Starts the thread, so that the page's first request need not wait for it. */
  start(): void {
    this.running().catch(() => {}); // Whoever asks learns of it.
  }

  /**
   * Answers a request of the page as `Inspector.handle` does, in the form in which it travels on to the page.
   *
   * @param tell takes what is known before the whole answer is
   * @throws InputError as the inspector did; LimitError if memory did not suffice; Error if the thread crashed
   */
  async handle<M extends Method>(
    method: M,
    params: Params<M>,
    signal: AbortSignal,
    tell: (events: readonly ProgressEvent[]) => void = () => {},
  ): Promise<Result<M>> {
    const call = { method, params } as InspectorCalls['handle']['params'];
    const result = (await this.ask((peer) => peer.call('handle', call, { signal, tell }), signal)) as Result<M>;
    this.note(method, result);
    return result;
  }

  /** What the page shows once the text or file has changed: the same tensor or another one, if it is there. */
  reopen(tensor = this.subject?.title): Promise<Opened> {
    const slice = tensor === this.subject?.title ? this.subject?.slice : undefined;
    return this.handle('open', { tensor, slice }, new AbortController().signal);
  }

  /**
   * Reads a file that changed anew; returns whether the page has to be told.
   *
   * @param onWait called while the file cannot be read yet
   */
  reload(onWait: () => void = () => {}): Promise<boolean> {
    return this.ask((peer) => peer.call('reload', null, { tell: onWait }));
  }

  /** The tensor or array that the page shows; undefined before it shows any. */
  get shown(): string | undefined {
    return this.subject?.title;
  }

  /**
   * Reads the places that the host asks about instead of those that are shown, which stay.
   *
   * @throws InputError if one is no array, or they do not fit together
   */
  read(signal: AbortSignal): Promise<readonly FoundPlace[]> {
    return this.ask((peer) => peer.call('read', null, { signal }), signal);
  }

  /**
   * The array at ranges of any text, as `arrayOrNone`; what is shown stays.
   *
   * @throws LimitError if it is too long; the signal's reason
   */
  find(place: InspectorCalls['find']['params'], signal: AbortSignal): Promise<FoundArray | undefined> {
    return this.ask((peer) => peer.call('find', place, { signal }), signal);
  }

  /** The row of x's last axis that stands at a place of a text, if one that is shown does. */
  rowAt(place: InspectorCalls['rowAt']['params']): Promise<number | undefined> {
    return this.ask((peer) => peer.call('rowAt', place));
  }

  /**
   * The case that is shown as text, with the spec that the page last asked about.
   *
   * @throws InputError as `writtenCase`
   */
  copy(format: CaseFormat): Promise<string> {
    return this.ask((peer) => peer.call('copy', format));
  }

  /** Ends the thread; what it was asked is rejected. */
  async dispose(): Promise<void> {
    clearTimeout(this.idleTimer);
    const thread = await this.thread?.catch(() => undefined); // One that did not start is gone.
    await thread?.end(new Error('The page was closed.'));
  }

  private async ask<T>(call: (peer: Thread['peer']) => Promise<T>, signal?: AbortSignal): Promise<T> {
    clearTimeout(this.idleTimer);
    this.questions++;
    try {
      return await this.askRunning(call, signal);
    } finally {
      this.questions--;
      if (this.questions === 0) {
        this.idleTimer = setTimeout(() => void this.dispose(), idleTime).unref();
      }
    }
  }

  /** Asks the thread that runs, or a new one. */
  private async askRunning<T>(call: (peer: Thread['peer']) => Promise<T>, signal?: AbortSignal): Promise<T> {
    for (;;) {
      const thread = await this.running();
      const watch = () => void this.watch(thread);
      signal?.addEventListener('abort', watch, { once: true });
      try {
        return await call(thread.peer);
      } catch (error) {
        if (!(error instanceof GivenUp)) {
          throw error;
        }
      } finally {
        signal?.removeEventListener('abort', watch);
      }
    }
  }

  /** Gives a thread up that does not hear that a request was cancelled: what it computes does not pause. */
  private async watch(thread: Thread): Promise<void> {
    const answer = thread.peer.call('ping', null).catch(() => null);
    if ((await Promise.race([answer, sleep(patience)])) !== null) {
      await thread.end(new GivenUp());
    }
  }

  private running(): Promise<Thread> {
    return (this.thread ??= this.startThread());
  }

  private async startThread(): Promise<Thread> {
    const { subject } = this;
    const { file, pool, results } = this.threads;
    const answers = { ...this.answers, ...results };
    const thread = new Thread(file, { thing: this.thing, firstId: subject?.id ?? 1, pool }, answers, () => {
      this.thread = undefined;
    });
    await thread.peer.call('ping', null);
    if (subject) {
      // What the page asks next is about this one; whether it can be read anew is told then.
      const { title: tensor, slice } = subject;
      await thread.peer.call('handle', { method: 'open', params: { tensor, slice } }).catch(() => {});
    }
    return thread;
  }

  private note(method: Method, result: unknown): void {
    const subject =
      method === 'open' ? (result as Opened).subject : method === 'choose' ? (result as Subject) : undefined;
    this.subject = subject ?? this.subject;
  }
}

/** One thread and the line to it. */
class Thread {
  readonly peer: Peer<InspectorCalls, HostCalls>;
  private readonly worker: Worker;
  private isClosed = false;

  /** @param onEnded called once, when the thread is gone or given up */
  constructor(
    file: string,
    served: ServedInspector,
    answers: HostAnswers,
    private readonly onEnded: () => void,
  ) {
    this.worker = new Worker(file, { workerData: served });
    this.peer = new Peer(this.worker, answers);
    this.worker.on('error', (error) => this.close(crashOf(error)));
    this.worker.on('exit', (code) => this.close(new Error(`The inspector’s thread ended with code ${code}.`)));
  }

  async end(error: Error): Promise<void> {
    this.close(error);
    await this.worker.terminate();
  }

  private close(error: Error): void {
    if (!this.isClosed) {
      this.isClosed = true;
      this.onEnded();
      this.peer.close(error);
    }
  }
}

function crashOf(error: Error): Error {
  return 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? new LimitError('This needed more memory than there is, and was stopped.', {
        advice: 'Look at a slice of the tensor, or lower the setting normscope.maxValues.',
        cause: error,
      })
    : error;
}
