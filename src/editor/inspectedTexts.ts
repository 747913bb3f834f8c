import * as vscode from 'vscode';
import type { FoundPlace, HostAnswers } from '../compute/inspectorCalls';
import { PageInspector, type InspectorThreads } from '../compute/pageInspector';
import type { CaseRole } from '../norm/normCase';
import { cancellable } from './cancellable';
import { revealText } from './revealText';
import type { TextPlace } from './textPlace';

/** A place of an array, and what the array is to that of the first place. */
export interface RolePlace {
  readonly place: TextPlace;
  readonly role?: CaseRole;
}

/** Arrays in texts, followed through edits, and the inspector that reads them: none is read on this thread. */
export class InspectedTexts implements vscode.Disposable {
  readonly inspector: PageInspector;
  private readonly edited = new vscode.EventEmitter<void>();
  /** After an edit of a text in which something that is shown stands. */
  readonly onDidEdit = this.edited.event;
  private readonly listener = vscode.workspace.onDidChangeTextDocument((event) => this.follow(event));
  private asked: readonly RolePlace[] = [];
  private edits = 0;
  private reading?: AbortController;

  /**
   * @param kind    whether the arrays are one case or are compared
   * @param shown   what a page is about
   * @param answers to what else the inspector may ask
   */
  constructor(
    threads: InspectorThreads,
    kind: 'array' | 'arrays',
    private shown: readonly RolePlace[] = [],
    answers: HostAnswers = {},
  ) {
    this.inspector = new PageInspector(
      threads,
      { kind },
      {
        texts: ({ asked, known }) => textsOf(asked ? this.asked : this.shown, known),
        revealText: ({ uri, start, end }) => revealText(uri, start, end),
        revealSource: async () => {
          const { uri, ranges } = this.shown[0].place.saved;
          await revealText(uri, ...ranges[0]);
        },
        ...answers,
      },
    );
  }

  /** What the page is about; nothing before anything was read. */
  get places(): readonly RolePlace[] {
    return this.shown;
  }

  /**
   * Reads what stands at other places; from then on the page is about these. What was being read is given up.
   *
   * @returns where each was found
   * @throws InputError if one is no array, or they do not fit together, CancellationError if it is given up; then the page
   *   stays about what it was
   */
  async read(places: readonly RolePlace[]): Promise<readonly FoundPlace[]> {
    this.reading?.abort(new vscode.CancellationError());
    const controller = new AbortController();
    this.reading = controller;
    this.asked = places;
    const found = await cancellable('Reading the array', controller, this.readUnedited(controller.signal));
    places.forEach(({ place }, i) => place.settle(found[i].ranges));
    this.shown = places;
    return found;
  }

  dispose(): void {
    this.reading?.abort(new vscode.CancellationError());
    vscode.Disposable.from(this.listener, this.edited).dispose();
    void this.inspector.dispose();
  }

  /** Reads again as long as the text is edited meanwhile: what was found stands elsewhere then. */
  private async readUnedited(signal: AbortSignal): Promise<readonly FoundPlace[]> {
    for (;;) {
      const { edits } = this;
      const found = await this.inspector.read(signal);
      if (edits === this.edits) {
        return found;
      }
    }
  }

  private follow({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    // Both may hold the same place.
    const moved = new Set(
      [...this.shown, ...this.asked].map(({ place }) => place).filter((place) => place.isIn(document)),
    );
    if (contentChanges.length === 0 || moved.size === 0) {
      return;
    }
    moved.forEach((place) => place.follow(document, contentChanges));
    this.edits++;
    if (this.shown.some(({ place }) => moved.has(place))) {
      this.edited.fire();
    }
  }
}

/** As the inspector asks for them. */
async function textsOf(
  places: readonly RolePlace[],
  known: readonly string[],
): Promise<Awaited<ReturnType<NonNullable<HostAnswers['texts']>>>> {
  const opened = await Promise.all(places.map(({ place }) => place.open()));
  const texts: Record<string, string> = {};
  const pointed = places.map(({ place, role }, i) => {
    const { document, id } = opened[i];
    const { version } = document;
    const key = `${id}@${version}`;
    const { uri, ranges } = place.saved;
    if (!known.includes(key)) {
      texts[uri] ??= document.getText();
    }
    return { key, uri, version, path: shortPath(document.uri), ranges, role };
  });
  return { places: pointed, texts };
}

/** The path in the workspace; outside of it the name alone, since the way there is long and says little. */
function shortPath(uri: vscode.Uri): string {
  return vscode.workspace.getWorkspaceFolder(uri) ? vscode.workspace.asRelativePath(uri) : uri.path.split('/').at(-1)!;
}
