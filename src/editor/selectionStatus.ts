import * as vscode from 'vscode';
import { hoverMarkdown } from '../report/hoverMarkdown';
import { selectionSummary } from '../report/selectionSummary';
import { LimitError } from '../tensor/errors';
import type { ArrayLiteral } from '../text/arrayLiteral';
import type { SelectedArrays } from './selectedArrays';

/** How long a selection may still grow before it is read, in milliseconds. */
const selectionPause = 150;

/** The numbers of what is selected, in the status bar; several selections, or a rectangular one, are rows of one matrix. */
export class SelectionStatus implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('normscope.selection', vscode.StatusBarAlignment.Right, 90);
  private readonly listeners: vscode.Disposable;
  private pause?: NodeJS.Timeout;
  private reading?: AbortController;

  constructor(private readonly arrays: SelectedArrays) {
    this.item.name = 'Normscope: Selection';
    this.item.command = 'normscope.inspectSelection';
    const later = () => {
      clearTimeout(this.pause);
      this.pause = setTimeout(() => void this.update(), selectionPause);
    };
    this.listeners = vscode.Disposable.from(
      vscode.window.onDidChangeTextEditorSelection(later),
      vscode.window.onDidChangeActiveTextEditor(later),
      vscode.workspace.onDidChangeTextDocument(later),
    );
  }

  dispose(): void {
    clearTimeout(this.pause);
    this.reading?.abort();
    vscode.Disposable.from(this.listeners, this.item).dispose();
  }

  /** The last selection wins: what was read of another one is given up. */
  private async update(): Promise<void> {
    this.reading?.abort();
    const reading = new AbortController();
    this.reading = reading;
    const editor = vscode.window.activeTextEditor;
    const array = editor && (await this.selectedIn(editor, reading.signal));
    if (reading.signal.aborted) {
      return;
    }
    if (array) {
      this.item.text = `$(graph-line) ${selectionSummary(array)}`;
      this.item.tooltip = new vscode.MarkdownString(hoverMarkdown(array, 'click to inspect'));
      this.item.show();
    } else {
      this.item.hide();
    }
  }

  private async selectedIn(
    { document, selections }: vscode.TextEditor,
    signal: AbortSignal,
  ): Promise<ArrayLiteral | undefined> {
    const selected = selections.filter((selection) => !selection.isEmpty);
    const settings = vscode.workspace.getConfiguration('normscope', document.uri);
    if (selected.length === 0 || selected.length < selections.length || !settings.get<boolean>('statusBar.enabled')) {
      return undefined;
    }
    const maxLength = settings.get<number>('hover.maxCharacters')!;
    try {
      return (await this.arrays.find(document, selected, maxLength, signal))?.array;
    } catch (error) {
      if (error instanceof LimitError || signal.aborted) {
        return undefined; // Nothing is said of what is too long, or is not selected any more.
      }
      throw error;
    }
  }
}
