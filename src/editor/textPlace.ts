import * as vscode from 'vscode';
import type { TextRanges } from '../report/findCase';

/** Where something stands in a text: enough to find it again after a reload of the window. */
export interface SavedPlace {
  readonly uri: string;
  /** Several are rows of one matrix. */
  readonly ranges: TextRanges;
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
  private static lastId = 0;
  private readonly uri: vscode.Uri;
  private ranges: TextRanges;
  private opened?: { document: vscode.TextDocument; id: number };

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

  /** Whether an offset of a document stands in it. */
  covers(document: vscode.TextDocument, offset: number): boolean {
    return this.isIn(document) && this.ranges.some(([start, end]) => start <= offset && offset <= end);
  }

  /** The text it stands in; and a number of no other place or text, since one that is opened anew counts its versions anew. */
  async open(): Promise<{ document: vscode.TextDocument; id: number }> {
    const document = await vscode.workspace.openTextDocument(this.uri);
    if (this.opened?.document !== document) {
      this.opened = { document, id: ++TextPlace.lastId };
    }
    return this.opened;
  }

  /** Stands from now on where an array was found: around a cursor, or in a part of a selection. */
  settle(ranges: TextRanges): void {
    this.ranges = ranges;
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
