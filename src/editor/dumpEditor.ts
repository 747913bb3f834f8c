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

/** A page that shows a file. */
interface ShownPage {
  readonly uri: vscode.Uri;
  readonly inspector: Inspector;
  readonly host: PageHost;
}

/** The read-only editor of dump files. */
export class DumpEditor implements vscode.CustomReadonlyEditorProvider<DumpDocument> {
  static readonly viewType = 'normscope.dump';
  /** The editor is the default for files that nobody else opens, and a choice for those that are texts as well. */
  static readonly viewTypes = [DumpEditor.viewType, 'normscope.data'];
  private readonly shownPages = new Map<vscode.WebviewPanel, ShownPage>();
  /** What the next page of a file is to show, by the file's URI. */
  private readonly wanted = new Map<string, { tensor: string; row: number }>();

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly moments: MomentsService,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  /** The tensor that the active editor shows, with what belongs to it; undefined if it is not one of these. */
  get shown(): NormCase | undefined {
    return [...this.shownPages].find(([panel]) => panel.active)?.[1].inspector.shown;
  }

  /** Shows a row of the last axis of one tensor of a file, in the page that has it open or in a new one. */
  async show(uri: vscode.Uri, tensor: string, row: number): Promise<void> {
    const open = [...this.shownPages].find(([, page]) => page.uri.toString() === uri.toString());
    if (open === undefined) {
      this.wanted.set(uri.toString(), { tensor, row });
      await vscode.commands.executeCommand('vscode.openWith', uri, DumpEditor.viewType);
      return;
    }
    const [panel, { inspector, host }] = open;
    panel.reveal();
    inspector.prefer(tensor);
    host.rowAtFirst = row;
    await host.showOpened();
  }

  openCustomDocument(uri: vscode.Uri): DumpDocument {
    return new DumpDocument(uri);
  }

  resolveCustomEditor(document: DumpDocument, panel: vscode.WebviewPanel): void {
    panel.webview.options = webviewOptions(this.extensionUri);
    const inspector = new Inspector(new DumpSource(document, this.moments));
    const host = new PageHost(panel.webview, inspector, this.log);
    const page = { uri: document.uri, inspector, host };
    this.shownPages.set(panel, page);
    const wanted = this.wanted.get(document.uri.toString());
    if (wanted) {
      this.wanted.delete(document.uri.toString());
      inspector.prefer(wanted.tensor);
      host.rowAtFirst = wanted.row;
    }
    const changes = document.onDidChange(() => void host.showOpened());
    panel.onDidDispose(() => {
      this.shownPages.delete(panel);
      changes.dispose();
      host.dispose();
    });
    panel.webview.html = webviewHtml(panel.webview, this.extensionUri);
  }
}
