import { join } from 'node:path';
import * as vscode from 'vscode';
import { MomentsService } from '../compute/momentsService';
import { workerCount } from '../compute/workerCount';
import { workerFile, WorkerPool } from '../compute/workerPool';

/**
 * The service that takes moments for all dumps of a window, with as many workers as the settings say. No worker starts
 * before there is work; whoever makes it disposes of it.
 */
export function backgroundMoments(extensionUri: vscode.Uri): MomentsService {
  const asked = vscode.workspace.getConfiguration('normscope').get<number>('workers');
  return new MomentsService(new WorkerPool(join(extensionUri.fsPath, 'dist', workerFile), workerCount(asked)));
}
