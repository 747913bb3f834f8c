import * as vscode from 'vscode';
import { MomentsService } from '../compute/momentsService';
import { workerCount } from '../compute/workerCount';
import { workerFile, WorkerPool } from '../compute/workerPool';

/** Statistics for all dumps of the window, on as many workers as the settings say. No worker runs before there is work. */
export function momentsService(extensionUri: vscode.Uri): MomentsService {
  const workers = vscode.workspace.getConfiguration('normscope').get<number>('workers');
  const bundle = vscode.Uri.joinPath(extensionUri, 'dist', workerFile).fsPath;
  return new MomentsService(new WorkerPool(bundle, workerCount(workers)));
}
