import * as vscode from 'vscode';
import type { Dump } from '../formats/dump';
import { openDump } from '../formats/openDump';
import type { PageState } from '../protocol';
import { ComparisonSource } from '../report/comparisonSource';
import { Inspector } from '../report/inspector';
import { openResource, type OpenedResource } from './openResource';
import { PageHost } from './pageHost';
import { webviewHtml, webviewOptions } from './webviewHtml';

/** The two files of a comparison, so that a reload of the window can bring it back. */
interface SavedComparison {
  readonly file: string;
  readonly reference: string;
}

/** Panels that hold one dump against another. */
export class ComparePanels implements vscode.WebviewPanelSerializer<PageState> {
  static readonly viewType = 'normscope.compare';

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  /** Shows how a file differs from a reference. */
  show(file: vscode.Uri, reference: vscode.Uri): void {
    const panel = vscode.window.createWebviewPanel(
      ComparePanels.viewType,
      `${nameOf(file)} ↔ ${nameOf(reference)}`,
      vscode.ViewColumn.Active,
      webviewOptions(this.extensionUri),
    );
    this.attach(panel, file, reference);
  }

  /** Brings back a panel of the window's last life. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: PageState | undefined): Promise<void> {
    const { file, reference } = (state?.source ?? {}) as Partial<SavedComparison>;
    if (file === undefined || reference === undefined) {
      panel.dispose();
      return;
    }
    panel.webview.options = webviewOptions(this.extensionUri);
    this.attach(panel, vscode.Uri.parse(file, true), vscode.Uri.parse(reference, true));
  }

  private attach(panel: vscode.WebviewPanel, file: vscode.Uri, reference: vscode.Uri): void {
    const saved: SavedComparison = { file: file.toString(), reference: reference.toString() };
    const files = new TwoDumps(file, reference);
    const source = new ComparisonSource(saved, [nameOf(file), nameOf(reference)], () => files.open());
    const host = new PageHost(panel.webview, new Inspector(source), this.log);
    panel.iconPath = vscode.Uri.joinPath(this.extensionUri, 'media', 'icon.png');
    panel.onDidDispose(async () => {
      host.dispose();
      await files.close();
    });
    panel.webview.html = webviewHtml(panel.webview, this.extensionUri);
  }
}

/** Two dumps, opened when they are first asked for and closed together. */
class TwoDumps {
  private readonly resources: OpenedResource[] = [];
  private dumps?: Promise<readonly [Dump, Dump]>;

  constructor(
    private readonly file: vscode.Uri,
    private readonly reference: vscode.Uri,
  ) {}

  open(): Promise<readonly [Dump, Dump]> {
    this.dumps ??= this.openBoth().catch(async (error: unknown) => {
      this.dumps = undefined;
      await this.close();
      throw error;
    });
    return this.dumps;
  }

  async close(): Promise<void> {
    await Promise.all(this.resources.splice(0).map((resource) => resource.close()));
  }

  private async openBoth(): Promise<readonly [Dump, Dump]> {
    return [await this.openOne(this.file), await this.openOne(this.reference)];
  }

  private async openOne(uri: vscode.Uri): Promise<Dump> {
    const resource = await openResource(uri);
    this.resources.push(resource);
    return openDump(resource.source, nameOf(uri));
  }
}

function nameOf(uri: vscode.Uri): string {
  return uri.path.split('/').at(-1) ?? '';
}
