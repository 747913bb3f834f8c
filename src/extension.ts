import * as vscode from 'vscode';
import { ArrayLenses } from './editor/arrayLenses';
import { registerCommands } from './editor/commands';
import { ComparePanels } from './editor/comparePanel';
import { DumpEditor } from './editor/dumpEditor';
import { ArrayHover } from './editor/hover';
import { inspectorThreads } from './editor/inspectorThreads';
import { LiteralPanels } from './editor/literalPanel';
import { SelectedArrays } from './editor/selectedArrays';
import { SelectionStatus } from './editor/selectionStatus';

/** Makes the services and registers the features; nothing is read or computed before a person asks. */
export function activate(context: vscode.ExtensionContext): void {
  const { extensionUri } = context;
  const log = vscode.window.createOutputChannel('Normscope', { log: true });
  const threads = inspectorThreads(extensionUri);
  const panels = new LiteralPanels(extensionUri, threads, log);
  const dumpEditor = new DumpEditor(extensionUri, threads, log);
  const comparisons = new ComparePanels(extensionUri, dumpEditor, threads, log);
  const lenses = new ArrayLenses();
  const arrays = new SelectedArrays(threads);
  context.subscriptions.push(
    log,
    panels,
    arrays,
    new SelectionStatus(arrays),
    registerCommands(extensionUri, panels, comparisons, dumpEditor, threads, log),
    vscode.window.registerWebviewPanelSerializer(ComparePanels.viewType, comparisons),
    vscode.window.registerWebviewPanelSerializer(LiteralPanels.viewType, panels),
    ...DumpEditor.viewTypes.map((viewType) =>
      vscode.window.registerCustomEditorProvider(viewType, dumpEditor, { supportsMultipleEditorsPerDocument: true }),
    ),
    vscode.languages.registerHoverProvider({ language: '*' }, new ArrayHover(arrays)),
    lenses,
    vscode.languages.registerCodeLensProvider({ language: '*' }, lenses),
  );
}
