import * as vscode from 'vscode';
import type { MarkedRows } from '../report/inspector';

type Severity = MarkedRows['severity'];

/** Marks in the text the rows that the inspector found to stand out, each with its sentence in the hover. */
export class RowDecorations implements vscode.Disposable {
  private readonly types: Readonly<Record<Severity, vscode.TextEditorDecorationType>> = {
    error: decorationType('error'),
    warning: decorationType('warning'),
    info: decorationType('info'),
  };
  private readonly listener = vscode.window.onDidChangeVisibleTextEditors(() => this.draw());
  private document?: vscode.TextDocument;
  private marks: readonly (Pick<MarkedRows, 'severity' | 'message'> & { range: vscode.Range })[] = [];

  /**
   * Marks these parts of a version of a text and no others, unless it was edited since: then it is read again. The editor
   * moves the marks with the edits until then.
   *
   * @param marks from offset `start` to `end`, UTF-16 units
   */
  show(uri: string, version: number, marks: readonly MarkedRows[]): void {
    const document = vscode.workspace.textDocuments.find((text) => text.uri.toString() === uri);
    if (document?.version !== version) {
      return;
    }
    this.document = document;
    this.marks = marks.map(({ start, end, severity, message }) => {
      const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
      return { range, severity, message };
    });
    this.draw();
  }

  clear(): void {
    this.document = undefined;
    this.marks = [];
    this.draw();
  }

  dispose(): void {
    vscode.Disposable.from(this.listener, ...Object.values(this.types)).dispose();
  }

  private draw(): void {
    for (const editor of vscode.window.visibleTextEditors) {
      const marks = editor.document === this.document ? this.marks : [];
      for (const [severity, type] of Object.entries(this.types)) {
        const shown = marks.filter((mark) => mark.severity === severity);
        editor.setDecorations(
          type,
          shown.map(({ range, message }) => ({ range, hoverMessage: message })),
        );
      }
    }
  }
}

/** The colours that VS Code has for this severity: a box's background, and a squiggle's colour, which tells them apart in high contrast too. */
function decorationType(severity: 'error' | 'warning' | 'info'): vscode.TextEditorDecorationType {
  const capitalized = `${severity[0].toUpperCase()}${severity.slice(1)}`;
  return vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor(`inputValidation.${severity}Background`),
    border: '1px solid',
    borderColor: new vscode.ThemeColor(`editor${capitalized}.foreground`),
    overviewRulerColor: new vscode.ThemeColor(`editorOverviewRuler.${severity}Foreground`),
    overviewRulerLane: vscode.OverviewRulerLane.Right,
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
}
