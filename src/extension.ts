import * as vscode from 'vscode';
import { ArrayLenses } from './editor/arrayLenses';
import { registerCommands } from './editor/commands';
import { ComparePanels } from './editor/comparePanel';
import { DumpEditor } from './editor/dumpEditor';
import { ArrayHover } from './editor/hover';
import { LiteralPanels } from './editor/literalPanel';
import { momentsService } from './editor/momentsService';
import { SelectionStatus } from './editor/selectionStatus';

/** Makes the services and registers the features; nothing is read or computed before a person asks. */
export function activate(context: vscode.ExtensionContext): void {
  const { extensionUri } = context;
  const log = vscode.window.createOutputChannel('Normscope', { log: true });
  const moments = momentsService(extensionUri);
  const panels = new LiteralPanels(extensionUri, log);
  const dumpEditor = new DumpEditor(extensionUri, moments, log);
  const comparisons = new ComparePanels(extensionUri, dumpEditor, log);
  const lenses = new ArrayLenses();
  context.subscriptions.push(
    log,
    { dispose: () => moments.dispose() },
    panels,
    new SelectionStatus(),
    registerCommands(panels, comparisons, dumpEditor, log),
    vscode.window.registerWebviewPanelSerializer(ComparePanels.viewType, comparisons),
    vscode.window.registerWebviewPanelSerializer(LiteralPanels.viewType, panels),
    ...DumpEditor.viewTypes.map((viewType) =>
      vscode.window.registerCustomEditorProvider(viewType, dumpEditor, { supportsMultipleEditorsPerDocument: true }),
    ),
    vscode.languages.registerHoverProvider({ language: '*' }, new ArrayHover()),
    lenses,
    vscode.languages.registerCodeLensProvider({ language: '*' }, lenses),
  );
}
