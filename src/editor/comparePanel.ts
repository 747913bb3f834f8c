import * as vscode from 'vscode';
import type { InspectorThreads } from '../compute/pageInspector';
import type { PageState } from '../protocol';
import { ArrayPair, type SavedArrayPair } from './arrayPair';
import type { DumpEditor } from './dumpEditor';
import { FilePair, type SavedFilePair } from './filePair';
import { PageHost } from './pageHost';
import type { PairToCompare } from './pairToCompare';
import { webviewHtml, webviewOptions } from './webviewHtml';

/** Panels that hold one dump or array against another. */
export class ComparePanels implements vscode.WebviewPanelSerializer<PageState> {
  static readonly viewType = 'normscope.compare';

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly dumps: DumpEditor,
    private readonly threads: InspectorThreads,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  /** Shows how a file differs from a reference. */
  showFiles(file: vscode.Uri, reference: vscode.Uri): void {
    this.show(
      new FilePair(this.threads, { file: file.toString(), reference: reference.toString() }, this.dumps),
      vscode.ViewColumn.Active,
    );
  }

  /**
   * Shows how an array in a text differs from another one, beside the text.
   *
   * @throws InputError if they are not of one shape
   */
  async showArrays(pair: SavedArrayPair): Promise<void> {
    this.show(await ArrayPair.read(this.threads, pair), vscode.ViewColumn.Beside);
  }

  /** Brings back a panel of the window's last life. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: PageState | undefined): Promise<void> {
    panel.webview.options = webviewOptions(this.extensionUri);
    const pair = await this.restore(state?.source);
    if (pair) {
      this.attach(panel, pair);
    } else {
      panel.dispose();
    }
  }

  private show(pair: PairToCompare, viewColumn: vscode.ViewColumn): void {
    const panel = vscode.window.createWebviewPanel(
      ComparePanels.viewType,
      pair.names.join(' ↔ '),
      { viewColumn, preserveFocus: viewColumn === vscode.ViewColumn.Beside },
      webviewOptions(this.extensionUri),
    );
    this.attach(panel, pair);
  }

  private attach(panel: vscode.WebviewPanel, pair: PairToCompare): void {
    const host = new PageHost(panel.webview, pair.inspector, this.log, { saved: () => pair.saved });
    panel.iconPath = vscode.Uri.joinPath(this.extensionUri, 'media', 'icon.png');
    panel.onDidDispose(() => {
      host.dispose();
      pair.dispose();
    });
    panel.webview.html = webviewHtml(panel.webview, this.extensionUri);
  }

  /** The pair that a page was about; undefined if arrays are not there any more. */
  private async restore(saved: unknown): Promise<PairToCompare | undefined> {
    const { file, reference, inspected, selection } = (saved ?? {}) as Partial<SavedFilePair & SavedArrayPair>;
    if (file !== undefined && reference !== undefined) {
      return new FilePair(this.threads, { file, reference }, this.dumps);
    }
    if (inspected === undefined || selection === undefined) {
      return undefined;
    }
    try {
      return await ArrayPair.read(this.threads, { inspected, selection });
    } catch {
      return undefined; // The text is gone, or has changed meanwhile.
    }
  }
}
