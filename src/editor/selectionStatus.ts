import * as vscode from 'vscode';
import { findArray } from '../report/findCase';
import { hoverMarkdown } from '../report/hoverMarkdown';
import { selectionSummary } from '../report/selectionSummary';
import { InputError } from '../tensor/errors';
import { placeOf } from './textPlace';

/** How long a selection may still grow before it is read, in milliseconds. */
const selectionPause = 150;

/** The numbers of what is selected, in the status bar; several selections, or a rectangular one, are rows of one matrix. */
export class SelectionStatus implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('normscope.selection', vscode.StatusBarAlignment.Right, 90);
  private readonly listeners: vscode.Disposable;
  private pause?: NodeJS.Timeout;

  constructor() {
    this.item.name = 'Normscope: Selection';
    this.item.command = 'normscope.inspectSelection';
    const later = () => {
      clearTimeout(this.pause);
      this.pause = setTimeout(() => this.update(), selectionPause);
    };
    this.listeners = vscode.Disposable.from(
      vscode.window.onDidChangeTextEditorSelection(later),
      vscode.window.onDidChangeActiveTextEditor(later),
      vscode.workspace.onDidChangeTextDocument(later),
    );
  }

  dispose(): void {
    clearTimeout(this.pause);
    vscode.Disposable.from(this.listeners, this.item).dispose();
  }

  private update(): void {
    const editor = vscode.window.activeTextEditor;
    const text = editor && this.summaryOf(editor);
    if (text) {
      this.item.text = `$(graph-line) ${text}`;
      this.item.show();
    } else {
      this.item.hide();
    }
  }

  private summaryOf({ document, selections }: vscode.TextEditor): string | undefined {
    const selected = selections.filter((selection) => !selection.isEmpty);
    const settings = vscode.workspace.getConfiguration('normscope', document.uri);
    if (selected.length === 0 || selected.length < selections.length || !settings.get<boolean>('statusBar.enabled')) {
      return undefined;
    }
    const { ranges } = placeOf(document, selected);
    const maxLength = settings.get<number>('hover.maxCharacters')!;
    if (ranges.reduce((length, [start, end]) => length + end - start, 0) > maxLength) {
      return undefined; // Not even the text is asked for, which the editor joins from its lines after every edit.
    }
    try {
      const { array } = findArray(document.getText(), ranges, { maxLength });
      this.item.tooltip = new vscode.MarkdownString(hoverMarkdown(array, 'click to inspect'));
      return selectionSummary(array);
    } catch (error) {
      if (error instanceof InputError) {
        return undefined; // Most selections are words of a program: the status bar says nothing of them.
      }
      throw error;
    }
  }
}
