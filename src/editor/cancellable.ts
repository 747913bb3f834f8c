import * as vscode from 'vscode';

/** How long a person waits without being told what for, in milliseconds. */
const patience = 1000;

/** Waits for some work; once it takes long, a notification says so and cancels it with `controller`. */
export async function cancellable<T>(title: string, controller: AbortController, work: Promise<T>): Promise<T> {
  const location = vscode.ProgressLocation.Notification;
  const timer = setTimeout(() => {
    void vscode.window.withProgress({ location, title, cancellable: true }, (_, token) => {
      token.onCancellationRequested(() => controller.abort(new vscode.CancellationError()));
      return work.catch(() => {}); // Who waits for it learns of it.
    });
  }, patience);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}
