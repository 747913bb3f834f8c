import type * as vscode from 'vscode';
import type { PageInspector } from '../compute/pageInspector';
import type { HostMessage, Opened, PageMessage, Problem, Tab } from '../protocol';
import { InputError } from '../tensor/errors';

/** A row of the last axis of a tensor that a page is led to. */
export interface WantedRow {
  readonly tensor: string;
  readonly row: number;
}

/**
 * Connects one page with its inspector: answers every request once, aborts what the page cancels or leaves behind. Both are
 * the host's from then on.
 */
export class PageHost implements vscode.Disposable {
  private readonly running = new Map<number, AbortController>();
  private readonly listener: vscode.Disposable;
  /** What the page is to show once it hears of it, and the subject as which it was told. */
  private wanted?: WantedRow & { subject?: number };
  private isDisposed = false;

  constructor(
    private readonly webview: vscode.Webview,
    readonly inspector: PageInspector,
    private readonly log: vscode.LogOutputChannel,
    private readonly options: { tab?: Tab; saved?: () => unknown } = {},
  ) {
    inspector.start();
    this.listener = webview.onDidReceiveMessage((message: PageMessage) => this.receive(message));
  }

  /** Shows the page what the inspector now looks at; `tab` turns to a view. */
  async showOpened(tab?: Tab): Promise<void> {
    const { wanted } = this;
    const opened = await this.inspector
      .reopen(wanted?.tensor)
      .catch((error: unknown): Opened => ({ problem: this.problemOf(error, this.isDisposed) }));
    if (!this.isDisposed) {
      const message: HostMessage = { type: 'opened', opened: this.completed(opened, tab, wanted) };
      await this.webview.postMessage(message);
    }
  }

  /** Has the page show a row, also one that is still to open; a page that is just being shown again may miss the first word. */
  want(wanted: WantedRow): void {
    this.wanted = { ...wanted };
  }

  /** Shows the page what the inspector looks at once its file, which has changed, can be read. */
  async showChanged(): Promise<void> {
    const onWait = () => void this.webview.postMessage({ type: 'waits' } satisfies HostMessage);
    // Where reading it anew goes wrong, opening it says what is wrong.
    if (await this.inspector.reload(onWait).catch(() => !this.isDisposed)) {
      await this.showOpened();
    }
  }

  /** Tells the page which row of the last axis the cursor stands in. */
  async showRow(row: number): Promise<void> {
    await this.webview.postMessage({ type: 'row', row } satisfies HostMessage);
  }

  dispose(): void {
    this.isDisposed = true;
    this.listener.dispose();
    this.abortAll();
    void this.inspector.dispose();
  }

  private async receive(message: PageMessage): Promise<void> {
    if (message.type === 'cancel') {
      this.running.get(message.id)?.abort();
      return;
    }
    const { id, method, params } = message;
    if (method === 'open') {
      // The page was born anew; nobody waits for what it asked in its last life.
      this.abortAll();
    }
    const { wanted } = this;
    const asked = method === 'open' && wanted && wanted.tensor !== params.tensor ? { tensor: wanted.tensor } : params;
    if ('subject' in params && params.subject === wanted?.subject) {
      this.wanted = undefined; // The page shows it.
    }
    const controller = new AbortController();
    this.running.set(id, controller);
    const { signal } = controller;
    // Whoever aborted a request waits for nothing more; a page born anew may have given its number to another one.
    const answer = async (message: HostMessage) => {
      if (!signal.aborted) {
        await this.webview.postMessage(message);
      }
    };
    try {
      const ok = await this.inspector.handle(method, asked, signal, (events) => {
        void answer({ type: 'progress', id, events });
      });
      const isOpen = method === 'open';
      await answer({ type: 'reply', id, ok: isOpen ? this.completed(ok as Opened, this.takeTab(), wanted) : ok });
    } catch (error) {
      await answer({ type: 'reply', id, err: this.problemOf(error, signal.aborted) });
    } finally {
      if (this.running.get(id) === controller) {
        this.running.delete(id);
      }
    }
  }

  private abortAll(): void {
    for (const controller of this.running.values()) {
      controller.abort();
    }
  }

  /** What the inspector opened with what the host knows of it. */
  private completed(opened: Opened, tab: Tab | undefined, wanted: PageHost['wanted']): Opened {
    if (wanted) {
      wanted.subject = opened.subject?.id;
    }
    return { ...opened, source: this.options.saved?.(), tab, row: wanted?.row };
  }

  /** The page's first question is answered with the view that the command asked for; a reload asks for none. */
  private takeTab(): Tab | undefined {
    const { tab } = this.options;
    this.options.tab = undefined;
    return tab;
  }

  private problemOf(error: unknown, aborted: boolean): Problem {
    if (error instanceof InputError) {
      return { message: error.message, advice: error.advice };
    }
    if (aborted) {
      return { message: 'Cancelled.' };
    }
    this.log.error(error instanceof Error ? error : String(error));
    return {
      message: `Normscope failed: ${error instanceof Error ? error.message : String(error)}`,
      advice: 'The log “Normscope” in the Output view has the details.',
    };
  }
}
