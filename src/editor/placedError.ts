import * as vscode from 'vscode';
import { InputError, LiteralError } from '../tensor/errors';

/** An error about a place in a text, its place written as line and column. Other errors pass unchanged. */
export class PlacedError extends InputError {
  constructor(
    readonly range: vscode.Range,
    reason: string,
  ) {
    super(`Line ${range.start.line + 1}, column ${range.start.character + 1}: ${reason}`);
  }
}

/** Reads a text; the errors of a literal get their line and column in it. */
export function reading<T>(document: vscode.TextDocument, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof LiteralError)) {
      throw error;
    }
    const range = new vscode.Range(document.positionAt(error.start), document.positionAt(error.end));
    throw new PlacedError(range, error.reason);
  }
}
