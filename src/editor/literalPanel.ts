import * as vscode from 'vscode';
import type { PageState, Tab } from '../protocol';
import { Inspector } from '../report/inspector';
import { LiteralSource, type SavedLiteral } from './literalSource';
import { PageHost } from './pageHost';
import { webviewHtml, webviewOptions } from './webviewHtml';

/** How long an edit may be followed by another before the inspector reads the text again, in milliseconds. */
const editPause = 250;

/** The inspector beside the code: one panel, which shows the array that was inspected last and follows its edits. */
export class LiteralPanels implements vscode.WebviewPanelSerializer<PageState>, vscode.Disposable {
  static readonly viewType = 'normscope.inspector';
  private current?: LiteralPanel;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  /** Shows an array, in the panel that is open or in a new one beside the editor; `tab` asks for a view. */
  async show(source: LiteralSource, tab?: Tab): Promise<void> {
    if (this.current) {
      await this.current.retarget(source, tab);
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      LiteralPanels.viewType,
      'Normscope',
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      webviewOptions(this.extensionUri),
    );
    this.attach(panel, source, tab);
  }

  /** Brings back the panel of the window's last life. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: PageState | undefined): Promise<void> {
    const saved = state?.source as SavedLiteral | undefined;
    if (!saved || this.current) {
      panel.dispose();
      return;
    }
    panel.webview.options = webviewOptions(this.extensionUri);
    this.attach(panel, LiteralSource.restore(saved));
  }

  dispose(): void {
    this.current?.dispose();
  }

  private attach(panel: vscode.WebviewPanel, source: LiteralSource, tab?: Tab): void {
    const current = new LiteralPanel(panel, source, tab, this.log);
    this.current = current;
    panel.iconPath = vscode.Uri.joinPath(this.extensionUri, 'media', 'icon.png');
    panel.onDidDispose(() => {
      current.dispose();
      this.current = undefined;
    });
    panel.webview.html = webviewHtml(panel.webview, this.extensionUri);
  }
}

class LiteralPanel implements vscode.Disposable {
  private readonly inspector: Inspector;
  private readonly host: PageHost;
  private readonly listeners: vscode.Disposable[];
  private pause?: NodeJS.Timeout;

  constructor(
    private readonly panel: vscode.WebviewPanel,
    private source: LiteralSource,
    tab: Tab | undefined,
    log: vscode.LogOutputChannel,
  ) {
    this.inspector = new Inspector(source);
    this.host = new PageHost(panel.webview, this.inspector, log, tab);
    this.listeners = [
      this.host,
      vscode.workspace.onDidChangeTextDocument((event) => this.followEdit(event)),
      vscode.window.onDidChangeTextEditorSelection((event) => this.followCursor(event)),
    ];
  }

  async retarget(source: LiteralSource, tab: Tab | undefined): Promise<void> {
    this.source = source;
    this.inspector.retarget(source);
    this.panel.reveal(undefined, true);
    await this.host.showOpened(tab);
  }

  dispose(): void {
    clearTimeout(this.pause);
    vscode.Disposable.from(...this.listeners).dispose();
  }

  private followEdit({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (document.uri.toString() !== this.source.uri.toString() || contentChanges.length === 0) {
      return;
    }
    this.source.follow(document, contentChanges);
    clearTimeout(this.pause);
    this.pause = setTimeout(() => void this.host.showOpened(), editPause);
  }

  private followCursor({ textEditor, selections }: vscode.TextEditorSelectionChangeEvent): void {
    const { document } = textEditor;
    if (document.uri.toString() !== this.source.uri.toString()) {
      return;
    }
    const row = this.source.rowAt(document, document.offsetAt(selections[0].start));
    if (row !== undefined) {
      void this.host.showRow(row);
    }
  }
}
