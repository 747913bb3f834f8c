import * as vscode from 'vscode';
import { inspectorFile, type InspectorThreads } from '../compute/pageInspector';
import { sharedResults } from '../compute/sharedResults';
import { workerCount } from '../compute/workerCount';
import { workerFile } from '../compute/workerPool';

/** Where the threads of the pages find their code, and as many workers as the settings say when one starts. */
export function inspectorThreads(extensionUri: vscode.Uri): InspectorThreads {
  const bundle = (file: string) => vscode.Uri.joinPath(extensionUri, 'dist', file).fsPath;
  return {
    file: bundle(inspectorFile),
    get pool() {
      const workers = vscode.workspace.getConfiguration('normscope').get<number>('workers');
      return { file: bundle(workerFile), size: workerCount(workers) };
    },
    results: sharedResults(),
  };
}
