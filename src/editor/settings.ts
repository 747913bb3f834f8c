import * as vscode from 'vscode';

/** Bytes, as the settings count. */
export const megabyte = 1e6;

/** The value of one of the settings that are numbers, where a resource is. */
export function setting(name: 'maxValues' | 'statisticsLimit' | 'virtualFileLimit', uri: vscode.Uri): number {
  return vscode.workspace.getConfiguration('normscope', uri).get<number>(name)!;
}
