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
    const selected = selectionAt(document, position);
    const place = placeOf(document, selected ?? new vscode.Range(position, position));
    const limits = { maxLength: settings.get<number>('hover.maxCharacters')! };
    try {
      const text = document.getText();
      const literal = selected ? literalIn(text, place.start, place.end, limits) : literalAt(text, place.start, limits);
      return literal && hoverOf(document, literal, place);
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

function selectionAt(document: vscode.TextDocument, position: vscode.Position): vscode.Selection | undefined {
  const selections = vscode.window.visibleTextEditors.find((editor) => editor.document === document)?.selections ?? [];
  return selections.find((selection) => !selection.isEmpty && selection.contains(position));
}

function placeOf(document: vscode.TextDocument, range: vscode.Range): SavedLiteral {
  return {
    uri: document.uri.toString(),
    start: document.offsetAt(range.start),
    end: document.offsetAt(range.end),
  };
}

function hoverOf(document: vscode.TextDocument, literal: ArrayLiteral, place: SavedLiteral): vscode.Hover | undefined {
  const link = (title: string, command: string) =>
    `[${title}](command:${command}?${encodeURIComponent(JSON.stringify([place]))})`;
  const markdown = hoverMarkdown(
    literal,
    `${link('Inspect', 'normscope.inspectSelection')} · ${link('Check gradients', 'normscope.checkGradients')}`,
  );
  if (markdown === undefined) {
    return undefined;
  }
  const contents = new vscode.MarkdownString(markdown);
  contents.isTrusted = { enabledCommands: ['normscope.inspectSelection', 'normscope.checkGradients'] };
  const range = new vscode.Range(document.positionAt(literal.start), document.positionAt(literal.end));
  return new vscode.Hover(contents, range);
}
