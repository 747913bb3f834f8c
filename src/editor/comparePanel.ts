import * as vscode from 'vscode';
import type { PageState } from '../protocol';
import { ComparisonSource } from '../report/comparisonSource';
import { Inspector } from '../report/inspector';
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
    private readonly log: vscode.LogOutputChannel,
  ) {}

  /** Shows how a file differs from a reference. */
  showFiles(file: vscode.Uri, reference: vscode.Uri): void {
    this.show(new FilePair(file, reference, this.dumps), vscode.ViewColumn.Active);
  }

  /**
   * Shows how an array in a text differs from another one, beside the text.
   *
   * @throws InputError if they are not of one shape
   */
  async showArrays(pair: SavedArrayPair): Promise<void> {
    this.show(await ArrayPair.read(pair), vscode.ViewColumn.Beside);
  }

  /** Brings back a panel of the window's last life. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: PageState | undefined): Promise<void> {
    panel.webview.options = webviewOptions(this.extensionUri);
    const pair = await restore(state?.source, this.dumps);
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
    const source = new ComparisonSource(
      pair.saved,
      pair.names,
      () => pair.open(),
      (side, tensor, row) => pair.reveal(side, tensor, row),
    );
    const host = new PageHost(panel.webview, new Inspector(source), this.log);
    panel.iconPath = vscode.Uri.joinPath(this.extensionUri, 'media', 'icon.png');
    panel.onDidDispose(async () => {
      host.dispose();
      await pair.close();
    });
    panel.webview.html = webviewHtml(panel.webview, this.extensionUri);
  }
}

/** The pair that a page was about; undefined if arrays are not there any more. */
async function restore(saved: unknown, dumps: DumpEditor): Promise<PairToCompare | undefined> {
  const { file, reference, inspected, selection } = (saved ?? {}) as Partial<SavedFilePair & SavedArrayPair>;
  if (file !== undefined && reference !== undefined) {
    return new FilePair(vscode.Uri.parse(file, true), vscode.Uri.parse(reference, true), dumps);
  }
  if (inspected === undefined || selection === undefined) {
    return undefined;
  }
  try {
    return await ArrayPair.read({ inspected, selection });
  } catch {
    return undefined; // The text is gone, or has changed meanwhile.
  }
}
