import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';

/** A file of the workspace, which is a copy of media/samples. */
export function sampleUri(name: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert(folder, 'a folder is open');
  return vscode.Uri.joinPath(folder.uri, name);
}

/** Opens a text of the workspace in an editor. */
export async function showSample(name: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(sampleUri(name)));
}

/** Where a text first stands in a document. */
export function rangeOf(document: vscode.TextDocument, text: string): vscode.Range {
  const start = document.getText().indexOf(text);
  assert(start >= 0, `the document holds ${text}`);
  return new vscode.Range(document.positionAt(start), document.positionAt(start + text.length));
}
