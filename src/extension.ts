import * as vscode from 'vscode';
import { MomentsService } from './compute/momentsService';
import { registerCommands } from './editor/commands';
import { DumpEditor } from './editor/dumpEditor';
import { ArrayHover } from './editor/hover';
import { LiteralPanels } from './editor/literalPanel';
import { SelectionStatus } from './editor/selectionStatus';

/** Makes the services and registers the features; nothing is read or computed before a person asks. */
export function activate(context: vscode.ExtensionContext): void {
  const { extensionUri } = context;
  const log = vscode.window.createOutputChannel('Normscope', { log: true });
  const panels = new LiteralPanels(extensionUri, log);
  context.subscriptions.push(
    log,
    panels,
    new SelectionStatus(),
    registerCommands(panels, log),
    vscode.window.registerWebviewPanelSerializer(LiteralPanels.viewType, panels),
    vscode.window.registerCustomEditorProvider(DumpEditor.viewType, new DumpEditor(extensionUri, new MomentsService(), log), {
      supportsMultipleEditorsPerDocument: true,
    }),
    vscode.languages.registerHoverProvider({ language: '*' }, new ArrayHover()),
  );
}
