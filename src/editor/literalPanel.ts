import * as vscode from 'vscode';
import type { InspectorThreads, PageInspector } from '../compute/pageInspector';
import type { CaseRole, PageState, Tab } from '../protocol';
import { InputError } from '../tensor/errors';
import { InspectedTexts, type RolePlace } from './inspectedTexts';
import { PageHost } from './pageHost';
import { RowDecorations } from './rowDecorations';
import { TextPlace, type SavedPlace } from './textPlace';
import { webviewHtml, webviewOptions } from './webviewHtml';

/** How long an edit may be followed by another before the inspector reads the text again, in milliseconds. */
const editPause = 250;

/** The context key of the commands that add to the inspected array. */
const inspectsText = 'normscope.inspectsText';

/** An inspected array with the arrays that were pointed at besides: enough to find them again after a reload. */
interface SavedLiteral extends SavedPlace {
  readonly roles?: { readonly [role in CaseRole]?: SavedPlace };
}

/** The inspector beside the code: one panel, which shows the array that was inspected last and follows its edits. */
export class LiteralPanels implements vscode.WebviewPanelSerializer<PageState>, vscode.Disposable {
  static readonly viewType = 'normscope.inspector';
  private current?: LiteralPanel;
  /** What the panel shows, or what is read for one. */
  private texts?: InspectedTexts;
  private readonly decorations = new RowDecorations();

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly threads: InspectorThreads,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  /** Where the inspected array stands; undefined if none is inspected. */
  get inspected(): SavedPlace | undefined {
    return this.current && this.texts?.places[0]?.place.saved;
  }

  /** The inspector of the case with all that came to it; undefined if none is shown. */
  get shown(): PageInspector | undefined {
    return this.current && this.texts?.inspector.shown !== undefined ? this.texts.inspector : undefined;
  }

  /**
   * Shows an array, in the panel that is open or in a new one beside the editor; `tab` asks for a view.
   *
   * @throws InputError if there is none; what is shown stays, and no panel is opened
   */
  async show(place: SavedPlace, tab?: Tab): Promise<void> {
    await this.showPlaces([{ place: new TextPlace(place) }], tab);
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
    const others = this.texts!.places.filter((other) => other.role !== role);
    await this.showPlaces([...others, { role, place: new TextPlace(place) }]);
  }

  private async showPlaces(places: readonly RolePlace[], tab?: Tab): Promise<void> {
    const texts = (this.texts ??= this.textsAt());
    await texts.read(places);
    if (this.current) {
      await this.current.show(tab);
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      LiteralPanels.viewType,
      'Normscope',
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      webviewOptions(this.extensionUri),
    );
    this.attach(panel, texts, tab);
  }

  /** Brings back the panel of the window's last life. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: PageState | undefined): Promise<void> {
    const saved = state?.source as SavedLiteral | undefined;
    if (!saved || this.current) {
      panel.dispose();
      return;
    }
    panel.webview.options = webviewOptions(this.extensionUri);
    this.texts?.dispose();
    this.texts = this.textsAt(placesOf(saved));
    this.attach(panel, this.texts);
  }

  dispose(): void {
    this.current?.dispose();
    this.texts?.dispose();
    this.decorations.dispose();
  }

  private textsAt(places?: readonly RolePlace[]): InspectedTexts {
    return new InspectedTexts(this.threads, 'array', places, {
      markText: async ({ uri, version, marks }) => this.decorations.show(uri, version, marks),
    });
  }

  private attach(panel: vscode.WebviewPanel, texts: InspectedTexts, tab?: Tab): void {
    const current = new LiteralPanel(panel, texts, tab, this.log);
    this.current = current;
    void vscode.commands.executeCommand('setContext', inspectsText, true);
    panel.iconPath = vscode.Uri.joinPath(this.extensionUri, 'media', 'icon.png');
    panel.onDidDispose(() => {
      current.dispose();
      texts.dispose();
      this.current = undefined;
      this.texts = undefined;
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
    private readonly texts: InspectedTexts,
    tab: Tab | undefined,
    log: vscode.LogOutputChannel,
  ) {
    const saved = () => savedLiteral(texts.places);
    this.host = new PageHost(panel.webview, texts.inspector, log, { tab, saved });
    this.listeners = [
      this.host,
      texts.onDidEdit(() => this.followEdit()),
      vscode.window.onDidChangeTextEditorSelection((event) => void this.followCursor(event)),
    ];
  }

  /** Shows what the texts are about by now. */
  async show(tab: Tab | undefined): Promise<void> {
    this.panel.reveal(undefined, true);
    await this.host.showOpened(tab);
  }

  dispose(): void {
    clearTimeout(this.pause);
    vscode.Disposable.from(...this.listeners).dispose();
  }

  private followEdit(): void {
    clearTimeout(this.pause);
    this.pause = setTimeout(() => void this.host.showOpened(), editPause);
  }

  private async followCursor({ textEditor, selections }: vscode.TextEditorSelectionChangeEvent): Promise<void> {
    const { document } = textEditor;
    const place = {
      uri: document.uri.toString(),
      version: document.version,
      offset: document.offsetAt(selections[0].start),
    };
    if (!this.texts.places[0].place.covers(document, place.offset)) {
      return;
    }
    // Where the thread comes to its end meanwhile, the cursor leads nowhere.
    const row = await this.texts.inspector.rowAt(place).catch(() => undefined);
    if (row !== undefined) {
      await this.host.showRow(row);
    }
  }
}

function placesOf({ roles = {}, ...x }: SavedLiteral): RolePlace[] {
  const others = Object.entries(roles) as [CaseRole, SavedPlace][];
  return [{ place: new TextPlace(x) }, ...others.map(([role, place]) => ({ role, place: new TextPlace(place) }))];
}

function savedLiteral([x, ...others]: readonly RolePlace[]): SavedLiteral {
  return { ...x.place.saved, roles: Object.fromEntries(others.map(({ role, place }) => [role!, place.saved])) };
}

/** A command needs an array in the inspector, and there is none. */
export class NothingInspectedError extends InputError {
  constructor() {
    super('No array is inspected yet.', { advice: 'Run “Normscope: Inspect Selection” on the input first.' });
  }
}
