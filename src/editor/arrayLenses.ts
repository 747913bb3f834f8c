import * as vscode from 'vscode';
import { selectionSummary } from '../report/selectionSummary';
import { LimitError } from '../tensor/errors';
import type { ArrayLiteral } from '../text/arrayLiteral';
import { literals } from '../text/literals';
import type { SavedPlace } from './textPlace';

/** Arrays of fewer numbers get no lens: 8 × 8 is where a person stops taking them in at a glance. */
const minNumbers = 64;

/** How long a text is read before the extension host may do something else, in milliseconds. */
const turn = 15;

/** The settings that decide which lenses there are. */
const settingNames = ['codeLens.enabled', 'hover.maxCharacters'] as const;

/** Shape, mean and variance above every larger array of a text, and a way to inspect it. */
export class ArrayLenses implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.changed.event;
  private readonly listener = vscode.workspace.onDidChangeConfiguration((event) => {
    if (settingNames.some((name) => event.affectsConfiguration(`normscope.${name}`))) {
      this.changed.fire();
    }
  });

  dispose(): void {
    vscode.Disposable.from(this.listener, this.changed).dispose();
  }

  async provideCodeLenses(
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeLens[] | undefined> {
    const settings = vscode.workspace.getConfiguration('normscope', document.uri);
    if (!settings.get<boolean>('codeLens.enabled')) {
      return undefined;
    }
    const limits = { maxLength: settings.get<number>('hover.maxCharacters')! };
    const lenses: vscode.CodeLens[] = [];
    let end = Date.now() + turn;
    try {
      for (const found of literals(document.getText(), limits)) {
        if ('values' in found && found.values.length >= minNumbers) {
          lenses.push(...lensesOf(document, found));
        }
        if (Date.now() > end) {
          await new Promise(setImmediate);
          end = Date.now() + turn;
        }
        if (token.isCancellationRequested) {
          return undefined; // The text has changed: what was found stands elsewhere by now.
        }
      }
    } catch (error) {
      if (!(error instanceof LimitError)) {
        throw error;
      }
    }
    return lenses;
  }
}

function lensesOf(document: vscode.TextDocument, array: ArrayLiteral): vscode.CodeLens[] {
  const range = new vscode.Range(document.positionAt(array.start), document.positionAt(array.end));
  const numbers = new vscode.CodeLens(range, { title: selectionSummary(array), command: '' });
  if (array.truncated) {
    return [numbers]; // There is no norm of a part.
  }
  const place: SavedPlace = { uri: document.uri.toString(), ranges: [[array.start, array.end]] };
  const inspect = { title: 'Inspect', command: 'normscope.inspectSelection', arguments: [place] };
  return [numbers, new vscode.CodeLens(range, inspect)];
}
