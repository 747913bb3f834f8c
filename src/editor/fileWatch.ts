import * as vscode from 'vscode';

/** How long a file has to be left alone before its change is told, in milliseconds. */
const restTime = 250;

/** A file that is written to all the time is told of as often as this, in milliseconds. */
const patience = 2_000;

/** Tells when one file was changed, made or deleted, once whoever does it pauses. */
export class FileWatch implements vscode.Disposable {
  private readonly watcher: vscode.FileSystemWatcher;
  private timer?: NodeJS.Timeout;
  /** When the first change came that is not told yet, in milliseconds. */
  private since?: number;

  constructor(
    private readonly uri: vscode.Uri,
    private readonly tell: () => void,
  ) {
    // The folder is watched, not the file: a name may hold what means something in a pattern.
    this.watcher = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), '*'),
    );
    const take = (changed: vscode.Uri) => this.take(changed);
    this.watcher.onDidChange(take);
    this.watcher.onDidCreate(take);
    this.watcher.onDidDelete(take);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.watcher.dispose();
  }

  private take(changed: vscode.Uri): void {
    if (changed.toString() !== this.uri.toString()) {
      return;
    }
    const now = Date.now();
    this.since ??= now;
    clearTimeout(this.timer);
    this.timer = setTimeout(
      () => {
        this.since = undefined;
        this.tell();
      },
      Math.max(0, Math.min(restTime, this.since + patience - now)),
    );
  }
}
