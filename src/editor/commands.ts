import * as vscode from 'vscode';
import type { InspectorThreads } from '../compute/pageInspector';
import type { CaseRole } from '../protocol';
import { InputError } from '../tensor/errors';
import type { ComparePanels } from './comparePanel';
import { copyCase } from './copyCase';
import { DumpEditor } from './dumpEditor';
import { InspectedTexts } from './inspectedTexts';
import { NothingInspectedError, type LiteralPanels } from './literalPanel';
import { askRawLayout } from './rawLayout';
import { openSample } from './samples';
import { showError } from './showError';
import { isSavedPlace, placeOf, TextPlace, type SavedPlace } from './textPlace';

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
  extensionUri: vscode.Uri,
  panels: LiteralPanels,
  comparisons: ComparePanels,
  dumps: DumpEditor,
  threads: InspectorThreads,
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
  // The place that a hover's link names, or what is selected.
  const placeAt = (argument: unknown) => (isSavedPlace(argument) ? argument : selectedPlace());
  return vscode.Disposable.from(
    register('normscope.inspectSelection', async (place) => panels.show(placeAt(place))),
    register('normscope.checkGradients', async (place) => panels.show(placeAt(place), 'gradients')),
    register('normscope.copyAs', async () => copyWhatIsInFront(panels, dumps, threads)),
    register('normscope.compareWithSelection', async () => {
      const { inspected } = panels;
      if (inspected === undefined) {
        throw new NothingInspectedError();
      }
      await comparisons.showArrays({ inspected, selection: selectedPlace() });
    }),
    ...Object.entries(roleCommands).map(([command, role]) =>
      register(command, async () => panels.use(role, selectedPlace())),
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
    register('normscope.openSample', (name) => openSample(extensionUri, comparisons, name)),
  );
}

/** Copies the tensor of the dump that is in front, else the inspected case or what is selected in the text. */
async function copyWhatIsInFront(panels: LiteralPanels, dumps: DumpEditor, threads: InspectorThreads): Promise<void> {
  const dump = dumps.shown;
  if (dump?.shown !== undefined) {
    await copyCase([{ title: dump.shown, inspector: dump }]);
    return;
  }
  const inspected = panels.shown && { title: 'Shown in the inspector', inspector: panels.shown };
  const editor = vscode.window.activeTextEditor;
  if (inspected && (editor === undefined || editor.selections.some(({ isEmpty }) => isEmpty))) {
    await copyCase([inspected]);
    return;
  }
  const selected = new InspectedTexts(threads, 'array');
  try {
    const place = new TextPlace(selectedPlace());
    await selected.read([{ place }]);
    if (inspected && samePlace(place.saved, panels.inspected)) {
      await copyCase([inspected]);
      return;
    }
    const { inspector } = selected;
    await inspector.reopen();
    await copyCase([...(inspected ? [inspected] : []), { title: 'Selection', inspector }]);
  } finally {
    selected.dispose();
  }
}

function samePlace(a: SavedPlace, b: SavedPlace | undefined): boolean {
  return a.uri === b?.uri && String(a.ranges) === String(b.ranges);
}

/** The selections of the active editor. */
function selectedPlace(): SavedPlace {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    throw new NoEditorError('Open a text with an array of numbers in it first.');
  }
  return placeOf(editor.document, editor.selections);
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
