import * as vscode from 'vscode';

/** Where something stands in a text: enough to find it again after a reload of the window. */
export interface SavedPlace {
  readonly uri: string;
  /** Start and end of every range, UTF-16 units; several are rows of one matrix. */
  readonly ranges: readonly (readonly [start: number, end: number])[];
}

/** Whether an argument of a command is a place; a context menu passes the resource it was opened on instead. */
export function isSavedPlace(argument: unknown): argument is SavedPlace {
  const { uri, ranges } = (argument ?? {}) as Partial<SavedPlace>;
  return typeof uri === 'string' && Array.isArray(ranges);
}

/** The ranges of a document as a place that can be saved. */
export function placeOf(document: vscode.TextDocument, ranges: readonly vscode.Range[]): SavedPlace {
  return {
    uri: document.uri.toString(),
    ranges: ranges.map(({ start, end }) => [document.offsetAt(start), document.offsetAt(end)]),
  };
}

/** A place in a text that moves with its edits. */
export class TextPlace {
  readonly uri: vscode.Uri;
  private ranges: SavedPlace['ranges'];

  constructor({ uri, ranges }: SavedPlace) {
    this.uri = vscode.Uri.parse(uri, true);
    this.ranges = ranges;
  }

  get saved(): SavedPlace {
    return { uri: this.uri.toString(), ranges: this.ranges };
  }

  /** Whether it stands in this document. */
  isIn(document: vscode.TextDocument): boolean {
    return document.uri.toString() === this.uri.toString();
  }

  /** The text it stands in, and its ranges there. */
  async open(): Promise<{ document: vscode.TextDocument; ranges: vscode.Range[] }> {
    const document = await vscode.workspace.openTextDocument(this.uri);
    return { document, ranges: this.rangesIn(document) };
  }

  rangesIn(document: vscode.TextDocument): vscode.Range[] {
    return this.ranges.map(([start, end]) => new vscode.Range(document.positionAt(start), document.positionAt(end)));
  }

  /**
   * Moves with an edit; edits that reach over an end of a range are taken to belong to it, and so is what is typed
   * on behind numbers that were selected without brackets.
   */
  follow(document: vscode.TextDocument, changes: readonly vscode.TextDocumentContentChangeEvent[]): void {
    for (const change of changes) {
      this.ranges = this.ranges.map(([start, end]) => follow(document, start, end, change));
    }
  }
}

function follow(
  document: vscode.TextDocument,
  start: number,
  end: number,
  { rangeOffset, rangeLength, text }: vscode.TextDocumentContentChangeEvent,
): [start: number, end: number] {
  const growth = text.length - rangeLength;
  if (rangeOffset + rangeLength <= start) {
    return [start + growth, end + growth];
  }
  if (rangeOffset < end || (rangeOffset === end && isOpenEnded(document, end))) {
    return [Math.min(start, rangeOffset), Math.max(end + growth, rangeOffset + text.length)];
  }
  return [start, end];
}

function isOpenEnded(document: vscode.TextDocument, end: number): boolean {
  const last = new vscode.Range(document.positionAt(end - 1), document.positionAt(end));
  return !/[\])}]/.test(document.getText(last));
}
