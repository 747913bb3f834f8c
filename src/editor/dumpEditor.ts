import * as vscode from 'vscode';
import type { MomentsService } from '../compute/momentsService';
import type { Dump } from '../formats/dump';
import { openDump } from '../formats/openDump';
import type { Listing } from '../protocol';
import { firstTensor, listingOf, loadCase } from '../report/dumpCase';
import { dumpOverview, dumpOverviews } from '../report/dumpOverview';
import { Inspector, type InspectorSource, type LoadedCase, type Tell } from '../report/inspector';
import type { ViewReport } from '../report/viewReport';
import { openResource, type OpenedResource } from './openResource';
import { PageHost } from './pageHost';
import { webviewHtml, webviewOptions } from './webviewHtml';

/** Bytes; as the settings count. */
const megabyte = 1e6;

/** One opened dump file: its header is read when a page first asks for it, and once. */
class DumpDocument implements vscode.CustomDocument {
  private opened?: Promise<{ resource: OpenedResource; dump: Dump; listing: Listing }>;

  constructor(readonly uri: vscode.Uri) {}

  read(): Promise<{ dump: Dump; listing: Listing }> {
    this.opened ??= this.open();
    return this.opened;
  }

  private async open(): Promise<{ resource: OpenedResource; dump: Dump; listing: Listing }> {
    const fileName = this.uri.path.split('/').at(-1) ?? '';
    const resource = await openResource(this.uri);
    try {
      const dump = await openDump(resource.source, fileName, undefined, resource.sibling);
      const scanLimit = setting(this.uri, 'statisticsLimit') * megabyte;
      return { resource, dump, listing: listingOf(dump, { fileName, fileSize: resource.source.size, scanLimit }) };
    } catch (error) {
      await resource.close();
      throw error;
    }
  }

  dispose(): void {
    this.opened?.then(
      ({ resource }) => resource.close(),
      () => {}, // An unreadable file was closed when it was refused.
    );
  }
}

/** The inspector's view of a dump document. */
class DumpSource implements InspectorSource {
  readonly saved = undefined;
  readonly overviews = dumpOverviews;

  constructor(
    private readonly document: DumpDocument,
    private readonly moments: MomentsService,
  ) {}

  async listing(): Promise<Listing> {
    return (await this.document.read()).listing;
  }

  async load(tensor: string | undefined, signal: AbortSignal): Promise<LoadedCase | undefined> {
    const { dump, listing } = await this.document.read();
    const name = tensor ?? firstTensor(listing);
    const maxValues = setting(this.document.uri, 'maxValues');
    return name === undefined ? undefined : loadCase(dump, listing, name, maxValues, signal, this.moments.allRows);
  }

  async scan(tell: Tell, signal: AbortSignal): Promise<void> {
    const { dump } = await this.document.read();
    await this.moments.dump(dump, tell, signal);
  }

  async overview(_view: string, _options: unknown, signal: AbortSignal): Promise<ViewReport> {
    const { dump } = await this.document.read();
    const ignored = vscode.workspace.getConfiguration('normscope', this.document.uri).get<string[]>('findings.ignore')!;
    return dumpOverview(dump, ignored, signal);
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

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly moments: MomentsService,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  openCustomDocument(uri: vscode.Uri): DumpDocument {
    return new DumpDocument(uri);
  }

  resolveCustomEditor(document: DumpDocument, panel: vscode.WebviewPanel): void {
    panel.webview.options = webviewOptions(this.extensionUri);
    const host = new PageHost(panel.webview, new Inspector(new DumpSource(document, this.moments)), this.log);
    panel.onDidDispose(() => host.dispose());
    panel.webview.html = webviewHtml(panel.webview, this.extensionUri);
  }
}

function setting(uri: vscode.Uri, name: 'maxValues' | 'statisticsLimit'): number {
  return vscode.workspace.getConfiguration('normscope', uri).get<number>(name)!;
}
