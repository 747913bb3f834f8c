import * as vscode from 'vscode';

/** The open tabs, in all groups. */
export function tabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap((group) => group.tabs);
}

/** The tab of the inspector beside the code, if it is open. */
export function inspectorTab(): vscode.Tab | undefined {
  // The editor puts its own prefix before the type of a webview.
  return tabs().find(
    ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('normscope.inspector'),
  );
}

/** Closes all editors, as each test leaves the window. */
export async function closeAll(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}
