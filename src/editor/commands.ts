import * as vscode from 'vscode';
import type { Tab } from '../protocol';
import { InputError } from '../tensor/errors';
import { DumpEditor } from './dumpEditor';
import type { LiteralPanels } from './literalPanel';
import { findCase, LiteralSource, type SavedLiteral } from './literalSource';
import { PlacedError, readableError } from './readableError';

/** Registers the commands of the palette, the menus and the hover's links. */
export function registerCommands(panels: LiteralPanels, log: vscode.LogOutputChannel): vscode.Disposable {
  const inspect = (tab?: Tab) => async (place?: SavedLiteral) => {
    try {
      await panels.show(await literalAtCommand(place), tab);
    } catch (error) {
      await showError(error, log);
    }
  };
  return vscode.Disposable.from(
    vscode.commands.registerCommand('normscope.inspectSelection', inspect()),
    vscode.commands.registerCommand('normscope.checkGradients', inspect('gradients')),
    vscode.commands.registerCommand('normscope.inspectFile', async (uri?: vscode.Uri) => {
      const file = uri ?? (await pickFile());
      if (file) {
        await vscode.commands.executeCommand('vscode.openWith', file, DumpEditor.viewType);
      }
    }),
  );
}

/** The array at the place that a hover's link names, or at the selection of the active editor. */
async function literalAtCommand(place: SavedLiteral | undefined): Promise<LiteralSource> {
  // A context menu passes the resource it was opened on, which is not a place in a text.
  const { document, selection } = typeof place?.uri === 'string' ? await openPlace(place) : activeText();
  try {
    const { start, end } = findCase(document, selection);
    return LiteralSource.of(document, start, end);
  } catch (error) {
    throw readableError(error, document);
  }
}

async function openPlace({ uri, start, end }: SavedLiteral) {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
  return { document, selection: new vscode.Range(document.positionAt(start), document.positionAt(end)) };
}

function activeText(): vscode.TextEditor {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    throw new NoEditorError('Open a text with an array of numbers in it first.');
  }
  return editor;
}

class NoEditorError extends InputError {}

async function pickFile(): Promise<vscode.Uri | undefined> {
  const picked = await vscode.window.showOpenDialog({ openLabel: 'Inspect', title: 'Inspect a Dump With Normscope' });
  return picked?.[0];
}

/** One notice for what a person can mend, with the way to it; the log and a notice for the rest. */
async function showError(error: unknown, log: vscode.LogOutputChannel): Promise<void> {
  if (!(error instanceof InputError)) {
    log.error(error instanceof Error ? error : String(error));
    if ((await vscode.window.showErrorMessage(`Normscope failed: ${String(error)}`, 'Show Log')) !== undefined) {
      log.show();
    }
    return;
  }
  const editor = vscode.window.activeTextEditor;
  const message = [error.message, error.advice].filter(Boolean).join(' ');
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
