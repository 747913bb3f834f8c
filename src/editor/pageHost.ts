import type * as vscode from 'vscode';
import type { HostMessage, Opened, PageMessage, Problem, Tab } from '../protocol';
import type { Inspector } from '../report/inspector';
import { InputError } from '../tensor/errors';

/** Connects one page with its inspector: answers every request once, aborts what the page cancels or leaves behind. */
export class PageHost implements vscode.Disposable {
  private readonly running = new Map<number, AbortController>();
  private readonly listener: vscode.Disposable;

  constructor(
    private readonly webview: vscode.Webview,
    private readonly inspector: Inspector,
    private readonly log: vscode.LogOutputChannel,
    private tab?: Tab,
  ) {
    this.listener = webview.onDidReceiveMessage((message: PageMessage) => this.receive(message));
  }

  /** Shows the page what the inspector now looks at; `tab` turns to a view. */
  async showOpened(tab?: Tab): Promise<void> {
    const opened = await this.inspector.open(undefined, new AbortController().signal);
    await this.post({ type: 'opened', opened: { ...opened, tab } });
  }

  /** Tells the page which row of the last axis the cursor stands in. */
  async showRow(row: number): Promise<void> {
    await this.post({ type: 'row', row });
  }

  dispose(): void {
    this.listener.dispose();
    for (const controller of this.running.values()) {
      controller.abort();
    }
  }

  private async receive(message: PageMessage): Promise<void> {
    if (message.type === 'cancel') {
      this.running.get(message.id)?.abort();
      return;
    }
    const { id, method, params } = message;
    const controller = new AbortController();
    this.running.set(id, controller);
    try {
      const ok = await this.inspector.handle(method, params, controller.signal);
      await this.post({ type: 'reply', id, ok: method === 'open' ? this.withTab(ok as Opened) : ok });
    } catch (error) {
      await this.post({ type: 'reply', id, err: this.problemOf(error, controller.signal) });
    } finally {
      this.running.delete(id);
    }
  }

  /** The page's first question is answered with the view that the command asked for; a reload asks for none. */
  private withTab(opened: Opened): Opened {
    const { tab } = this;
    this.tab = undefined;
    return { ...opened, tab };
  }

  private problemOf(error: unknown, signal: AbortSignal): Problem {
    if (error instanceof InputError) {
      return { message: error.message, advice: error.advice };
    }
    if (signal.aborted) {
      return { message: 'Cancelled.' };
    }
    this.log.error(error instanceof Error ? error : String(error));
    return {
      message: `Normscope failed: ${error instanceof Error ? error.message : String(error)}`,
      advice: 'The log “Normscope” in the Output view has the details.',
    };
  }

  private post(message: HostMessage): Thenable<boolean> {
    return this.webview.postMessage(message);
  }
}
