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

/** Gives a literal's error its line and column in the document. */
export function readableError(error: unknown, document: vscode.TextDocument): unknown {
  if (!(error instanceof LiteralError)) {
    return error;
  }
  const range = new vscode.Range(document.positionAt(error.start), document.positionAt(error.end));
  return new PlacedError(range, error.reason);
}
