import * as vscode from 'vscode';
import type { ComparePanels } from './comparePanel';
import { DumpEditor } from './dumpEditor';

/** What comes with the extension to be tried, by the names that the walkthrough calls it. */
const samples = {
  array: { label: 'An Array in Code', detail: 'Hidden states of six tokens, of which one has overflowed' },
  dump: { label: 'A Dump', detail: 'Inputs, outputs and gradients of the norms of a small trained transformer' },
  comparison: { label: 'Two Dumps Compared', detail: 'A port that differs from its reference, and why' },
};

/** Opens a sample, the one named or one that the person picks. */
export async function openSample(extensionUri: vscode.Uri, comparisons: ComparePanels, name: unknown): Promise<void> {
  const file = (fileName: string) => vscode.Uri.joinPath(extensionUri, 'media', 'samples', fileName);
  const choices = Object.entries(samples).map(([key, sample]) => ({ key, ...sample }));
  const chosen =
    choices.find(({ key }) => key === name) ??
    (await vscode.window.showQuickPick(choices, { title: 'Open a Sample', placeHolder: 'What to look at' }));
  switch (chosen?.key) {
    case 'array':
      return inspectArray(file('attention.py'), 'HIDDEN = [');
    case 'dump':
      return DumpEditor.open(file('preln.safetensors'));
    case 'comparison':
      return comparisons.showFiles(file('port.safetensors'), file('reference.safetensors'));
  }
}

/** Inspects the array that starts with some words in a text. */
async function inspectArray(uri: vscode.Uri, start: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const place = document.positionAt(document.getText().indexOf(start) + start.length);
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(place, place) });
  await vscode.commands.executeCommand('normscope.inspectSelection');
}
