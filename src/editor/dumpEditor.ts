import * as vscode from 'vscode';
import type { MomentsService } from '../compute/momentsService';
import type { Slice } from '../formats/sliceRef';
import type { NormCase } from '../norm/normCase';
import type { DumpOptions, DumpView, Listing } from '../protocol';
import { firstTensor, loadCase } from '../report/dumpCase';
import { dumpOverview, dumpOverviews } from '../report/dumpOverview';
import { Inspector, type InspectorSource, type LoadedCase, type Tell } from '../report/inspector';
import type { ViewReport } from '../report/viewReport';
import { DumpDocument } from './dumpDocument';
import { PageHost } from './pageHost';
import { setting } from './settings';
import { webviewHtml, webviewOptions } from './webviewHtml';

/** The inspector's view of a dump document. */
class DumpSource implements InspectorSource {
  readonly saved = undefined;
  readonly overviews = dumpOverviews;

  constructor(
    private readonly document: DumpDocument,
    private readonly moments: MomentsService,
  ) {}

  async listing(tell: Tell): Promise<Listing> {
    return (await this.document.read(tell)).listing;
  }

  async load(tensor: string | undefined, signal: AbortSignal, slice?: Slice): Promise<LoadedCase | undefined> {
    const { dump, listing } = await this.document.read();
    const name = tensor ?? firstTensor(listing);
    const maxValues = setting('maxValues', this.document.uri);
    return name === undefined
      ? undefined
      : loadCase(dump, listing, name, maxValues, signal, this.moments.allRows, slice);
  }

  async scan(tell: Tell, signal: AbortSignal): Promise<void> {
    const { dump } = await this.document.read();
    await this.moments.dump(dump, tell, signal);
  }

  async overview(view: DumpView, options: DumpOptions, signal: AbortSignal): Promise<ViewReport> {
    const { dump } = await this.document.read();
    const ignored = vscode.workspace.getConfiguration('normscope', this.document.uri).get<string[]>('findings.ignore')!;
    return dumpOverview(dump, view, options, ignored, signal);
  }

  async revealRows(): Promise<void> {
    // The rows of a dump stand in the page's own table.
  }

  async revealSource(): Promise<void> {
    await vscode.commands.executeCommand('vscode.openWith', this.document.uri, 'default');
  }
}

/** The read-only editor of dump files. */
export class DumpEditor implements vscode.CustomReadonlyEditorProvider<DumpDocument> {
  static readonly viewType = 'normscope.dump';
  /** The editor is the default for files that nobody else opens, and a choice for those that are texts as well. */
  static readonly viewTypes = [DumpEditor.viewType, 'normscope.data'];
  private readonly inspectors = new Map<vscode.WebviewPanel, Inspector>();

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly moments: MomentsService,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  /** The tensor that the active editor shows, with what belongs to it; undefined if it is not one of these. */
  get shown(): NormCase | undefined {
    return [...this.inspectors].find(([panel]) => panel.active)?.[1].shown;
  }

  openCustomDocument(uri: vscode.Uri): DumpDocument {
    return new DumpDocument(uri);
  }

  resolveCustomEditor(document: DumpDocument, panel: vscode.WebviewPanel): void {
    panel.webview.options = webviewOptions(this.extensionUri);
    const inspector = new Inspector(new DumpSource(document, this.moments));
    const host = new PageHost(panel.webview, inspector, this.log);
    this.inspectors.set(panel, inspector);
    const changes = document.onDidChange(() => void host.showOpened());
    panel.onDidDispose(() => {
      this.inspectors.delete(panel);
      changes.dispose();
      host.dispose();
    });
    panel.webview.html = webviewHtml(panel.webview, this.extensionUri);
  }
}
