import * as vscode from 'vscode';
import { PageInspector, type InspectorThreads } from '../compute/pageInspector';
import { DumpDocument } from './dumpDocument';
import { PageHost, type WantedRow } from './pageHost';
import { nameOf } from './wantedFiles';
import { webviewHtml, webviewOptions } from './webviewHtml';

/** A page that shows a file. */
interface ShownPage {
  readonly uri: vscode.Uri;
  readonly host: PageHost;
}

/** The read-only editor of dump files. */
export class DumpEditor implements vscode.CustomReadonlyEditorProvider<DumpDocument> {
  /** The editor is the default for files that nobody else opens, and a choice for those that are texts as well. */
  static readonly viewTypes = ['normscope.dump', 'normscope.data'];
  private readonly shownPages = new Map<vscode.WebviewPanel, ShownPage>();
  /** What the next page of a file is to show, by the file's URI. */
  private readonly wanted = new Map<string, WantedRow>();

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly threads: InspectorThreads,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  /** Opens any file, under the view type that package.json has for its name, or VS Code would show the raw id of the type. */
  static async open(uri: vscode.Uri): Promise<void> {
    const [byDefault, byChoice] = DumpEditor.viewTypes;
    const viewType = /\.(npy|npz|safetensors|gguf|pt|pth)$/i.test(uri.path) ? byDefault : byChoice;
    await vscode.commands.executeCommand('vscode.openWith', uri, viewType);
  }

  /** The inspector of the page in the active editor; undefined if that is not one of these. */
  get shown(): PageInspector | undefined {
    return [...this.shownPages].find(([panel]) => panel.active)?.[1].host.inspector;
  }

  /** Shows a row of the last axis of one tensor of a file, in the page that has it open or in a new one. */
  async show(uri: vscode.Uri, tensor: string, row: number): Promise<void> {
    const open = [...this.shownPages].find(([, page]) => page.uri.toString() === uri.toString());
    if (open === undefined) {
      this.wanted.set(uri.toString(), { tensor, row });
      await DumpEditor.open(uri);
      return;
    }
    const [panel, { host }] = open;
    panel.reveal();
    host.want({ tensor, row });
    await host.showOpened();
  }

  openCustomDocument(uri: vscode.Uri): DumpDocument {
    return new DumpDocument(uri);
  }

  resolveCustomEditor(document: DumpDocument, panel: vscode.WebviewPanel): void {
    panel.webview.options = webviewOptions(this.extensionUri);
    const file = { uri: document.uri.toString(), name: nameOf(document.uri) };
    const inspector = new PageInspector(this.threads, { kind: 'dump', file }, document.answers);
    const host = new PageHost(panel.webview, inspector, this.log);
    this.shownPages.set(panel, { uri: document.uri, host });
    const wanted = this.wanted.get(document.uri.toString());
    if (wanted) {
      this.wanted.delete(document.uri.toString());
      host.want(wanted);
    }
    const changes = document.onDidChange(() => void host.showChanged());
    panel.onDidDispose(() => {
      this.shownPages.delete(panel);
      changes.dispose();
      host.dispose();
    });
    panel.webview.html = webviewHtml(panel.webview, this.extensionUri);
  }
}
