import * as vscode from 'vscode';
import { hoverMarkdown } from '../report/hoverMarkdown';
import { LimitError, LiteralError } from '../tensor/errors';
import type { ArrayLiteral } from '../text/arrayLiteral';
import { literalAt, literalIn } from '../text/literals';
import type { SavedLiteral } from './literalSource';

/** Shows the numbers of the selection under the pointer, or else of the array literal there. */
export class ArrayHover implements vscode.HoverProvider {
  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Hover | undefined> {
    const settings = vscode.workspace.getConfiguration('normscope', document.uri);
    if (!settings.get<boolean>('hover.enabled')) {
      return undefined;
    }
    // Pointers move on within milliseconds; what was asked for and left must cost nothing.
    await new Promise(setImmediate);
    if (token.isCancellationRequested) {
      return undefined;
    }
    const maxLength = settings.get<number>('hover.maxCharacters')!;
    try {
      const literal = arrayAt(document, position, maxLength);
      const markdown = literal && hoverMarkdown(literal);
      return literal && markdown ? hoverOf(document, literal, markdown) : undefined;
    } catch (error) {
      if (error instanceof LimitError) {
        return new vscode.Hover(`Normscope: ${error.message} ${error.advice ?? ''}`);
      }
      if (error instanceof LiteralError) {
        return undefined; // Most brackets in a program are no arrays: a hover says nothing of them.
      }
      throw error;
    }
  }
}

function arrayAt(
  document: vscode.TextDocument,
  position: vscode.Position,
  maxLength: number,
): ArrayLiteral | undefined {
  const selections = vscode.window.visibleTextEditors.find((editor) => editor.document === document)?.selections ?? [];
  const selected = selections.find((selection) => !selection.isEmpty && selection.contains(position));
  const text = document.getText();
  return selected
    ? literalIn(text, document.offsetAt(selected.start), document.offsetAt(selected.end), { maxLength })
    : literalAt(text, document.offsetAt(position), { maxLength });
}

function hoverOf(document: vscode.TextDocument, literal: ArrayLiteral, markdown: string): vscode.Hover {
  const place: SavedLiteral = { uri: document.uri.toString(), start: literal.start, end: literal.end };
  const link = (title: string, command: string) =>
    `[${title}](command:${command}?${encodeURIComponent(JSON.stringify([place]))})`;
  const links = `${link('Inspect', 'normscope.inspectSelection')} · ${link('Check gradients', 'normscope.checkGradients')}`;
  const contents = new vscode.MarkdownString(`${markdown}\n\n${links}`);
  contents.isTrusted = { enabledCommands: ['normscope.inspectSelection', 'normscope.checkGradients'] };
  const range = new vscode.Range(document.positionAt(literal.start), document.positionAt(literal.end));
  return new vscode.Hover(contents, range);
}
