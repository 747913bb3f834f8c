import * as vscode from 'vscode';
import type { InspectorSource, LoadedCase } from '../report/inspector';
import { caseOfArray, caseOfObject, type LiteralCase } from '../report/literalCase';
import { LiteralError } from '../tensor/errors';
import { literalAt, literalIn } from '../text/literals';
import { objectAt, objectIn } from '../text/objects';
import { readableError } from './readableError';

/** Where an inspected array stands: enough to find it again after a reload of the window. */
export interface SavedLiteral {
  readonly uri: string;
  readonly start: number;
  readonly end: number;
}

/** The array or case at a selection of a text, or around the cursor if nothing is selected. */
export function findCase(
  document: vscode.TextDocument,
  selection: vscode.Range,
): LiteralCase & { start: number; end: number } {
  const text = document.getText();
  const start = document.offsetAt(selection.start);
  const end = document.offsetAt(selection.end);
  const object = start === end ? objectAt(text, start) : objectIn(text, start, end);
  const whole = object && caseOfObject(object);
  if (object && whole) {
    return { ...whole, start: object.start, end: object.end };
  }
  const array = start === end ? literalAt(text, start) : literalIn(text, start, end);
  if (array === undefined) {
    throw new LiteralError(
      'syntax',
      'There is no array of numbers here: put the cursor inside one, or select it.',
      start,
      end,
    );
  }
  return { ...caseOfArray(array), start: array.start, end: array.end };
}

/** An array in a text document, followed through edits before and inside it. */
export class LiteralSource implements InspectorSource {
  private found?: { literal: LiteralCase; version: number };

  private constructor(
    readonly uri: vscode.Uri,
    private start: number,
    private end: number,
  ) {}

  static of(document: vscode.TextDocument, start: number, end: number): LiteralSource {
    return new LiteralSource(document.uri, start, end);
  }

  static restore(saved: SavedLiteral): LiteralSource {
    return new LiteralSource(vscode.Uri.parse(saved.uri, true), saved.start, saved.end);
  }

  get saved(): SavedLiteral {
    return { uri: this.uri.toString(), start: this.start, end: this.end };
  }

  /**
   * Moves with an edit; edits that reach over an end of the array are taken to belong to it, and so is what is typed
   * on behind numbers that were selected without brackets.
   */
  follow(document: vscode.TextDocument, changes: readonly vscode.TextDocumentContentChangeEvent[]): void {
    for (const { rangeOffset, rangeLength, text } of changes) {
      const growth = text.length - rangeLength;
      const isInside = rangeOffset < this.end || (rangeOffset === this.end && this.isOpenEnded(document));
      if (rangeOffset + rangeLength <= this.start) {
        this.start += growth;
        this.end += growth;
      } else if (isInside) {
        this.start = Math.min(this.start, rangeOffset);
        this.end = Math.max(this.end + growth, rangeOffset + text.length);
      }
    }
  }

  private isOpenEnded(document: vscode.TextDocument): boolean {
    const last = new vscode.Range(document.positionAt(this.end - 1), document.positionAt(this.end));
    return !/[\])}]/.test(document.getText(last));
  }

  async load(): Promise<LoadedCase> {
    const document = await vscode.workspace.openTextDocument(this.uri);
    const literal = this.literalOf(document);
    const { x } = literal;
    const line = document.positionAt(x.start).line + 1;
    return {
      case: literal.case,
      about: {
        title: literal.title,
        place: `${vscode.workspace.asRelativePath(this.uri)}, line ${line}`,
        byteLength: literal.case.x.values.byteLength,
        roles: literal.roles,
        specOrigin: literal.specOrigin,
        notes: [],
      },
    };
  }

  async revealRows(start: number, end: number): Promise<void> {
    const document = await vscode.workspace.openTextDocument(this.uri);
    const { rowOffsets } = this.literalOf(document).x;
    if (end * 2 > rowOffsets.length) {
      return;
    }
    await this.select(document, rowOffsets[2 * start], rowOffsets[2 * end - 1]);
  }

  async revealSource(): Promise<void> {
    await this.select(await vscode.workspace.openTextDocument(this.uri), this.start, this.end);
  }

  /** The row of the last axis that stands at an offset, if one does. */
  rowAt(document: vscode.TextDocument, offset: number): number | undefined {
    if (this.found?.version !== document.version) {
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

  private literalOf(document: vscode.TextDocument): LiteralCase {
    if (this.found?.version !== document.version) {
      const range = new vscode.Range(document.positionAt(this.start), document.positionAt(this.end));
      try {
        this.found = { literal: findCase(document, range), version: document.version };
      } catch (error) {
        throw readableError(error, document);
      }
    }
    return this.found.literal;
  }

  /** Selects in the editor that shows the text, or opens one beside the inspector. */
  private async select(document: vscode.TextDocument, start: number, end: number): Promise<void> {
    const shown = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
    const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
    const editor = await vscode.window.showTextDocument(document, {
      viewColumn: shown?.viewColumn ?? vscode.ViewColumn.One,
      selection: range,
    });
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }
}
