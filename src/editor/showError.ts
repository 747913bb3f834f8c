import * as vscode from 'vscode';
import { InputError, withAdvice } from '../tensor/errors';
import { PlacedError } from './placedError';

/** One notice for what a person can mend, with the way to it; the log and a notice for the rest. */
export async function showError(error: unknown, log: vscode.LogOutputChannel): Promise<void> {
  if (!(error instanceof InputError)) {
    log.error(error instanceof Error ? error : String(error));
    if ((await vscode.window.showErrorMessage(`Normscope failed: ${String(error)}`, 'Show Log')) !== undefined) {
      log.show();
    }
    return;
  }
  const editor = vscode.window.activeTextEditor;
  const message = withAdvice(error);
  if (!(error instanceof PlacedError) || editor === undefined) {
    await vscode.window.showErrorMessage(message);
    return;
  }
  if ((await vscode.window.showErrorMessage(message, 'Go to Place')) !== undefined) {
    const shown = await vscode.window.showTextDocument(editor.document, { viewColumn: editor.viewColumn });
    shown.selection = new vscode.Selection(error.range.start, error.range.end);
    shown.revealRange(error.range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }
}
