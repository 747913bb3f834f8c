import * as vscode from 'vscode';
import type { CaseRole } from '../protocol';
import { InputError } from '../tensor/errors';
import { DumpEditor } from './dumpEditor';
import { findArray, findCase } from './findCase';
import type { LiteralPanels } from './literalPanel';
import { PlacedError, reading } from './placedError';
import { isSavedPlace, TextPlace, type SavedPlace } from './textPlace';

/** The roles that a second selection can take, by the command that gives them. */
const roleCommands: Readonly<Record<string, CaseRole>> = {
  'normscope.useAsWeight': 'weight',
  'normscope.useAsBias': 'bias',
  'normscope.useAsGradOutput': 'gradOutput',
  'normscope.useAsOutput': 'output',
  'normscope.useAsGradInput': 'gradInput',
};

/** Registers the commands of the palette, the menus and the hover's links. */
export function registerCommands(panels: LiteralPanels, log: vscode.LogOutputChannel): vscode.Disposable {
  const register = (command: string, run: (argument: unknown) => Promise<void>) =>
    vscode.commands.registerCommand(command, async (argument: unknown) => {
      try {
        await run(argument);
      } catch (error) {
        await showError(error, log);
      }
    });
  return vscode.Disposable.from(
    register('normscope.inspectSelection', async (place) => panels.show(await caseAt(place))),
    register('normscope.checkGradients', async (place) => panels.show(await caseAt(place), 'gradients')),
    ...Object.entries(roleCommands).map(([command, role]) =>
      register(command, async () => panels.use(role, selectedArray())),
    ),
    vscode.commands.registerCommand('normscope.inspectFile', async (uri?: vscode.Uri) => {
      const file = uri ?? (await pickFile());
      if (file) {
        await vscode.commands.executeCommand('vscode.openWith', file, DumpEditor.viewType);
      }
    }),
  );
}

/** The case at the place that a hover's link names, or at the selections of the active editor. */
async function caseAt(place: unknown): Promise<SavedPlace> {
  const { document, ranges } = isSavedPlace(place) ? await new TextPlace(place).open() : activeText();
  return reading(document, () => findCase(document, ranges).place);
}

/** The array at the selections of the active editor. */
function selectedArray(): SavedPlace {
  const { document, ranges } = activeText();
  return reading(document, () => findArray(document, ranges).place);
}

function activeText(): { document: vscode.TextDocument; ranges: readonly vscode.Range[] } {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    throw new NoEditorError('Open a text with an array of numbers in it first.');
  }
  return { document: editor.document, ranges: editor.selections };
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
