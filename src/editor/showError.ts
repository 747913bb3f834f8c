import * as vscode from 'vscode';
import { InputError, PlacedError, withAdvice } from '../tensor/errors';
import { revealText } from './revealText';

/** One notice for what a person can mend, with the way to it; the log and a notice for the rest. */
export async function showError(error: unknown, log: vscode.LogOutputChannel): Promise<void> {
  if (error instanceof vscode.CancellationError) {
    return; // Whoever cancelled it knows.
  }
  if (!(error instanceof InputError)) {
    log.error(error instanceof Error ? error : String(error));
    if ((await vscode.window.showErrorMessage(`Normscope failed: ${String(error)}`, 'Show Log')) !== undefined) {
      log.show();
    }
    return;
  }
  const message = withAdvice(error);
  if (!(error instanceof PlacedError)) {
    await vscode.window.showErrorMessage(message);
    return;
  }
  if ((await vscode.window.showErrorMessage(message, 'Go to Place')) !== undefined) {
    await revealText(error.uri, error.start, error.end);
  }
}
