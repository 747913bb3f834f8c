import * as vscode from 'vscode';
import type { CaseRole } from '../norm/normCase';
import type { LoadedCase, MarkedRows } from '../report/inspector';
import { withRoles, type LiteralCase } from '../report/literalCase';
import { findArray, findCase } from './findCase';
import { reading } from './placedError';
import type { RowDecorations } from './rowDecorations';
import { TextPlace, type SavedPlace } from './textPlace';

/** An inspected array with the arrays that were pointed at besides: enough to find them again after a reload. */
export interface SavedLiteral extends SavedPlace {
  readonly roles?: { readonly [role in CaseRole]?: SavedPlace };
}

/** An array in a text document, followed through edits before and inside it, as are the arrays that came to it. */
export class LiteralSource {
  private readonly place: TextPlace;
  private readonly roles: ReadonlyMap<CaseRole, TextPlace>;
  private found?: {
    document: vscode.TextDocument;
    /** Of `document` alone. */
    textVersion: number;
    literal: LiteralCase;
    /** Of all texts that the case stands in. */
    version: string;
  };

  constructor(
    private readonly decorations: RowDecorations,
    saved: SavedLiteral,
  ) {
    this.place = new TextPlace(saved);
    const roles = Object.entries(saved.roles ?? {}) as [CaseRole, SavedPlace][];
    this.roles = new Map(roles.map(([role, place]) => [role, new TextPlace(place)]));
  }

  get saved(): SavedLiteral {
    const roles = Object.fromEntries(Array.from(this.roles, ([role, place]) => [role, place.saved]));
    return { ...this.place.saved, roles };
  }

  /** The same array with another one, of whatever text, as its γ, β, dy, y or dx. */
  with(role: CaseRole, place: SavedPlace): LiteralSource {
    const { saved } = this;
    return new LiteralSource(this.decorations, { ...saved, roles: { ...saved.roles, [role]: place } });
  }

  /** Moves with an edit; returns whether the edit was in a text that this case stands in. */
  follow({ document, contentChanges }: vscode.TextDocumentChangeEvent): boolean {
    const places = [this.place, ...this.roles.values()].filter((place) => place.isIn(document));
    for (const place of places) {
      place.follow(document, contentChanges);
    }
    return places.length > 0;
  }

  async load(): Promise<LoadedCase> {
    const { document, literal } = await this.read();
    const line = document.positionAt(literal.x.start).line + 1;
    return {
      case: literal.case,
      about: {
        title: literal.title,
        place: `${vscode.workspace.asRelativePath(document.uri)}, line ${line}`,
        byteLength: literal.case.x.values.byteLength,
        roles: literal.roles,
        specOrigin: literal.specOrigin,
        notes: literal.x.notes ?? [],
      },
    };
  }

  async revealRows(start: number, end: number): Promise<void> {
    const { document, literal } = await this.read();
    const range = rowRange(document, literal, start, end);
    if (range) {
      await select(document, range);
    }
  }

  async revealSource(): Promise<void> {
    const { document, ranges } = await this.place.open();
    await select(document, ranges[0]);
  }

  async markRows(marks: readonly MarkedRows[]): Promise<void> {
    const { document, literal } = await this.read();
    this.decorations.show(
      document,
      marks.flatMap(({ start, end, severity, message }) => {
        const range = rowRange(document, literal, start, end);
        return range ? [{ range, severity, message }] : [];
      }),
    );
  }

  /** The row of the last axis that stands at an offset, if one does. */
  rowAt(document: vscode.TextDocument, offset: number): number | undefined {
    if (this.found?.document !== document || this.found.textVersion !== document.version) {
      return undefined;
    }
    const { rowOffsets } = this.found.literal.x;
    let low = 0;
    let high = rowOffsets.length / 2;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (rowOffsets[2 * middle + 1] < offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low < rowOffsets.length / 2 && rowOffsets[2 * low] <= offset ? low : undefined;
  }

  /** Reads the texts again where one has changed since. */
  private async read(): Promise<{ document: vscode.TextDocument; literal: LiteralCase }> {
    const { document, ranges } = await this.place.open();
    const others = await Promise.all(
      Array.from(this.roles, async ([role, place]) => ({ role, ...(await place.open()) })),
    );
    const version = [document, ...others.map((other) => other.document)].map((text) => text.version).join();
    if (this.found?.version !== version) {
      this.found = { document, textVersion: document.version, literal: readCase(document, ranges, others), version };
    }
    return this.found;
  }
}

function readCase(
  document: vscode.TextDocument,
  ranges: readonly vscode.Range[],
  others: readonly { role: CaseRole; document: vscode.TextDocument; ranges: readonly vscode.Range[] }[],
): LiteralCase {
  const base = reading(document, () => findCase(document, ranges).literal);
  const added = others.map(({ role, document: other, ranges: place }) => {
    const { array } = reading(other, () => findArray(other, place));
    const line = other.positionAt(array.start).line + 1;
    const title = other === document ? `line ${line}` : `${vscode.workspace.asRelativePath(other.uri)}, line ${line}`;
    return [role, { title, literal: array }] as const;
  });
  return withRoles(base, new Map(added));
}

/** Where rows of the last axis stand; undefined for rows that x does not have. */
function rowRange(
  document: vscode.TextDocument,
  { x: { rowOffsets } }: LiteralCase,
  start: number,
  end: number,
): vscode.Range | undefined {
  return 2 * end > rowOffsets.length
    ? undefined
    : new vscode.Range(document.positionAt(rowOffsets[2 * start]), document.positionAt(rowOffsets[2 * end - 1]));
}

/** Selects in the editor that shows the text, or opens one beside the inspector. */
async function select(document: vscode.TextDocument, range: vscode.Range): Promise<void> {
  const shown = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  const editor = await vscode.window.showTextDocument(document, {
    viewColumn: shown?.viewColumn ?? vscode.ViewColumn.One,
    selection: range,
  });
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
