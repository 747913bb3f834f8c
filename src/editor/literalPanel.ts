import * as vscode from 'vscode';
import { PageInspector, type InspectorThreads } from '../compute/pageInspector';
import type { NormCase } from '../norm/normCase';
import type { CaseRole, PageState, Tab } from '../protocol';
import { InputError } from '../tensor/errors';
import { LiteralSource, type SavedLiteral } from './literalSource';
import { PageHost } from './pageHost';
import { RowDecorations } from './rowDecorations';
import type { SavedPlace } from './textPlace';
import { webviewHtml, webviewOptions } from './webviewHtml';

/** How long an edit may be followed by another before the inspector reads the text again, in milliseconds. */
const editPause = 250;

/** The context key of the commands that add to the inspected array. */
const inspectsText = 'normscope.inspectsText';

/** The inspector beside the code: one panel, which shows the array that was inspected last and follows its edits. */
export class LiteralPanels implements vscode.WebviewPanelSerializer<PageState>, vscode.Disposable {
  static readonly viewType = 'normscope.inspector';
  private current?: LiteralPanel;

  private readonly decorations = new RowDecorations();

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly threads: InspectorThreads,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  /** Where the inspected array stands; undefined if none is inspected. */
  get inspected(): SavedPlace | undefined {
    return this.current?.inspected.saved;
  }

  /** The inspected case with all that came to it; undefined if none is shown. */
  async shown(): Promise<NormCase | undefined> {
    return this.current?.shown();
  }

  /** Shows an array, in the panel that is open or in a new one beside the editor; `tab` asks for a view. */
  async show(place: SavedPlace, tab?: Tab): Promise<void> {
    await this.showSource(new LiteralSource(this.decorations, place), tab);
  }

  /**
   * Shows the inspected array with another one as its γ, β, dy, y or dx.
   *
   * @throws InputError if nothing is inspected, or the array does not fit; what is shown stays
   */
  async use(role: CaseRole, place: SavedPlace): Promise<void> {
    if (this.current === undefined) {
      throw new NothingInspectedError();
    }
    const source = this.current.inspected.with(role, place);
    await source.load();
    await this.showSource(source);
  }

  private async showSource(source: LiteralSource, tab?: Tab): Promise<void> {
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
    this.attach(panel, new LiteralSource(this.decorations, saved));
  }

  dispose(): void {
    this.current?.dispose();
    this.decorations.dispose();
  }

  private attach(panel: vscode.WebviewPanel, source: LiteralSource, tab?: Tab): void {
    const current = new LiteralPanel(panel, source, tab, this.threads, this.log);
    this.current = current;
    void vscode.commands.executeCommand('setContext', inspectsText, true);
    panel.iconPath = vscode.Uri.joinPath(this.extensionUri, 'media', 'icon.png');
    panel.onDidDispose(() => {
      current.dispose();
      this.current = undefined;
      this.decorations.clear();
      void vscode.commands.executeCommand('setContext', inspectsText, false);
    });
    panel.webview.html = webviewHtml(panel.webview, this.extensionUri);
  }
}

class LiteralPanel implements vscode.Disposable {
  private readonly host: PageHost;
  private readonly listeners: vscode.Disposable[];
  private pause?: NodeJS.Timeout;

  constructor(
    private readonly panel: vscode.WebviewPanel,
    private source: LiteralSource,
    tab: Tab | undefined,
    threads: InspectorThreads,
    log: vscode.LogOutputChannel,
  ) {
    // Whichever source is inspected when it is asked.
    const inspector = new PageInspector(
      threads,
      { kind: 'array' },
      {
        load: () => this.source.load(),
        markRows: ({ marks }) => this.source.markRows(marks),
        revealRows: ({ start, end }) => this.source.revealRows(start, end),
        revealSource: () => this.source.revealSource(),
      },
    );
    this.host = new PageHost(panel.webview, inspector, log, { tab, saved: () => this.source.saved });
    this.listeners = [
      this.host,
      vscode.workspace.onDidChangeTextDocument((event) => this.followEdit(event)),
      vscode.window.onDidChangeTextEditorSelection((event) => this.followCursor(event)),
    ];
  }

  get inspected(): LiteralSource {
    return this.source;
  }

  shown(): Promise<NormCase | undefined> {
    return this.host.inspector.shown();
  }

  async retarget(source: LiteralSource, tab: Tab | undefined): Promise<void> {
    this.source = source;
    this.panel.reveal(undefined, true);
    await this.host.showOpened(tab);
  }

  dispose(): void {
    clearTimeout(this.pause);
    vscode.Disposable.from(...this.listeners).dispose();
  }

  private followEdit(event: vscode.TextDocumentChangeEvent): void {
    if (event.contentChanges.length === 0 || !this.source.follow(event)) {
      return;
    }
    clearTimeout(this.pause);
    this.pause = setTimeout(() => void this.host.showOpened(), editPause);
  }

  private followCursor({ textEditor, selections }: vscode.TextEditorSelectionChangeEvent): void {
    const { document } = textEditor;
    const row = this.source.rowAt(document, document.offsetAt(selections[0].start));
    if (row !== undefined) {
      void this.host.showRow(row);
    }
  }
}

/** A command needs an array in the inspector, and there is none. */
export class NothingInspectedError extends InputError {
  constructor() {
    super('No array is inspected yet.', { advice: 'Run “Normscope: Inspect Selection” on the input first.' });
  }
}
