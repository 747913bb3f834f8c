import * as vscode from 'vscode';
import type { CaseRole } from '../protocol';
import { InputError } from '../tensor/errors';
import type { ComparePanels } from './comparePanel';
import { copyCase, type Copyable } from './copyCase';
import { DumpEditor } from './dumpEditor';
import { findArray, findCase } from './findCase';
import { NothingInspectedError, type LiteralPanels } from './literalPanel';
import { reading } from './placedError';
import { askRawLayout } from './rawLayout';
import { showError } from './showError';
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
export function registerCommands(
  panels: LiteralPanels,
  comparisons: ComparePanels,
  dumps: DumpEditor,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const register = (command: string, run: (argument: unknown, more: unknown) => Promise<void>) =>
    vscode.commands.registerCommand(command, async (argument: unknown, more: unknown) => {
      try {
        await run(argument, more);
      } catch (error) {
        await showError(error, log);
      }
    });
  return vscode.Disposable.from(
    register('normscope.inspectSelection', async (place) => panels.show(await caseAt(place))),
    register('normscope.checkGradients', async (place) => panels.show(await caseAt(place), 'gradients')),
    register('normscope.copyAs', async () => copyCase(await copyables(panels, dumps))),
    register('normscope.compareWithSelection', async () => {
      const { inspected } = panels;
      if (inspected === undefined) {
        throw new NothingInspectedError();
      }
      await comparisons.showArrays({ inspected, selection: selectedArray() });
    }),
    ...Object.entries(roleCommands).map(([command, role]) =>
      register(command, async () => panels.use(role, selectedArray())),
    ),
    register('normscope.compareFiles', async (file, selected) => {
      const [a, b] = await filesToCompare(file, selected);
      if (a && b) {
        comparisons.showFiles(a, b);
      }
    }),
    register('normscope.changeRawLayout', async (uri) => {
      const file =
        uri instanceof vscode.Uri ? uri : (shownDump() ?? (await pickFile('Choose a File Without a Header')));
      if (file && (await askRawLayout(file, (await vscode.workspace.fs.stat(file)).size))) {
        await DumpEditor.open(file);
      }
    }),
    register('normscope.inspectFile', async (uri) => {
      const file = uri instanceof vscode.Uri ? uri : await pickFile('Inspect a Dump With Normscope');
      if (file) {
        await DumpEditor.open(file);
      }
    }),
  );
}

/** The case at the place that a hover's link names, or at the selections of the active editor. */
async function caseAt(place: unknown): Promise<SavedPlace> {
  const { document, ranges } = isSavedPlace(place) ? await new TextPlace(place).open() : activeText();
  return reading(document, () => findCase(document, ranges).place);
}

/** What can be copied: the tensor of a dump if one is in front, else the inspected case and what is selected in the text. */
async function copyables(panels: LiteralPanels, dumps: DumpEditor): Promise<Copyable[]> {
  const inFront = await dumps.shown();
  if (inFront) {
    return [{ title: inFront.x.name, case: inFront }];
  }
  const shown = await panels.shown();
  const inspected = shown && { title: 'Shown in the inspector', case: shown };
  const editor = vscode.window.activeTextEditor;
  if (inspected && (editor === undefined || editor.selections.some(({ isEmpty }) => isEmpty))) {
    return [inspected];
  }
  const { document, ranges } = activeText();
  const { literal, place } = reading(document, () => findCase(document, ranges));
  const isInspected = samePlace(place, panels.inspected);
  const selected = { title: 'Selection', case: literal.case };
  return inspected === undefined ? [selected] : isInspected ? [inspected] : [inspected, selected];
}

/** The array at the selections of the active editor. */
function selectedArray(): SavedPlace {
  const { document, ranges } = activeText();
  return reading(document, () => findArray(document, ranges).place);
}

function samePlace(a: SavedPlace, b: SavedPlace | undefined): boolean {
  return a.uri === b?.uri && String(a.ranges) === String(b.ranges);
}

function activeText(): { document: vscode.TextDocument; ranges: readonly vscode.Range[] } {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    throw new NoEditorError('Open a text with an array of numbers in it first.');
  }
  return { document: editor.document, ranges: editor.selections };
}

class NoEditorError extends InputError {}

class SelectionError extends InputError {}

/** The file of the dump editor that is in front. */
function shownDump(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputCustom && DumpEditor.viewTypes.includes(input.viewType)
    ? input.uri
    : undefined;
}

async function pickFile(title: string): Promise<vscode.Uri | undefined> {
  const picked = await vscode.window.showOpenDialog({ openLabel: 'Choose', title });
  return picked?.[0];
}

/** The two files selected in the explorer, or one of them and the reference that is asked for. */
async function filesToCompare(file: unknown, selected: unknown): Promise<readonly vscode.Uri[]> {
  const uris = Array.isArray(selected) ? selected.filter((uri) => uri instanceof vscode.Uri) : [];
  if (uris.length > 2) {
    throw new SelectionError('Select two files to compare: the one on trial and the reference.');
  }
  if (uris.length === 2) {
    // The explorer passes the file that was clicked on first: it is the one on trial.
    return file instanceof vscode.Uri && uris[1].toString() === file.toString() ? uris.toReversed() : uris;
  }
  const first = file instanceof vscode.Uri ? file : await pickFile('Choose the File on Trial');
  const reference = first && (await pickFile(`Compare ${first.path.split('/').at(-1)} With …`));
  return first && reference ? [first, reference] : [];
}
