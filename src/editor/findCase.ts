import type * as vscode from 'vscode';
import { caseOfArray, caseOfObject, type LiteralCase } from '../report/literalCase';
import { LiteralError } from '../tensor/errors';
import type { ArrayLiteral, LiteralLimits } from '../text/arrayLiteral';
import { literalAt, literalIn } from '../text/literals';
import { objectAt, objectIn } from '../text/objects';
import { stackedSelections } from '../text/stackedSelections';
import { placeOf, type SavedPlace } from './textPlace';

/** A case and the place of its text. */
export interface FoundCase {
  readonly literal: LiteralCase;
  readonly place: SavedPlace;
}

/**
 * The array or case at a selection of a text, around the cursor if nothing is selected, or of several selections.
 *
 * @throws LiteralError if there is none, or one that is ragged, unbalanced or not numeric; LimitError if it is too long
 */
export function findCase(document: vscode.TextDocument, selections: readonly vscode.Range[]): FoundCase {
  const text = document.getText();
  const { uri, ranges } = placeOf(document, selections);
  const [[start, end]] = ranges;
  const object = ranges.length > 1 ? undefined : start === end ? objectAt(text, start) : objectIn(text, start, end);
  const whole = object && caseOfObject(object);
  if (object && whole) {
    return { literal: whole, place: { uri, ranges: [[object.start, object.end]] } };
  }
  const { array, place } = findArray(document, selections);
  return { literal: caseOfArray(array), place };
}

/**
 * The array at a selection of a text, around the cursor if nothing is selected, or of several selections.
 *
 * @throws LiteralError if there is none, or one that is ragged, unbalanced or not numeric; LimitError if it is too long
 */
export function findArray(
  document: vscode.TextDocument,
  selections: readonly vscode.Range[],
  limits: Partial<LiteralLimits> = {},
): { array: ArrayLiteral; place: SavedPlace } {
  const text = document.getText();
  const { uri, ranges } = placeOf(document, selections);
  if (ranges.length > 1) {
    const inOrder = ranges.toSorted(([a], [b]) => a - b);
    return { array: stackedSelections(text, inOrder, limits), place: { uri, ranges: inOrder } };
  }
  const [[start, end]] = ranges;
  const array = start === end ? literalAt(text, start, limits) : literalIn(text, start, end, limits);
  if (array === undefined) {
    throw new LiteralError(
      'syntax',
      'There is no array of numbers here: put the cursor inside one, or select it.',
      start,
      end,
    );
  }
  return { array, place: { uri, ranges: [[array.start, array.end]] } };
}
