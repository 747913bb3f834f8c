import * as vscode from 'vscode';

/** The open tabs, in all groups. */
export function tabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap((group) => group.tabs);
}

/** The tabs of the inspector beside the code: one, if it is open. */
export function inspectorTabs(): readonly vscode.Tab[] {
  // The editor puts its own prefix before the type of a webview.
  return tabs().filter(
    ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('normscope.inspector'),
  );
}

/** The tab of the inspector beside the code, if it is open. */
export function inspectorTab(): vscode.Tab | undefined {
  return inspectorTabs()[0];
}

/** Closes all editors, as each test leaves the window. */
export async function closeAll(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}
