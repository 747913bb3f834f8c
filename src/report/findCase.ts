import { LiteralError } from '../tensor/errors';
import type { ArrayLiteral, LiteralLimits } from '../text/arrayLiteral';
import { literalAt, literalIn } from '../text/literals';
import { nameBefore } from '../text/nameBefore';
import { objectAt, objectIn } from '../text/objects';
import { stackedSelections } from '../text/stackedSelections';
import { caseOfArray, caseOfObject, type LiteralCase } from './literalCase';

/** Start and end of each selection of a text, UTF-16 units; one that is empty is a cursor. */
export type TextRanges = readonly (readonly [start: number, end: number])[];

/**
 * The array or case at a selection of a text, around the cursor if nothing is selected, or of several selections; and the
 * ranges where it stands.
 *
 * @throws LiteralError if there is none, or one that is ragged, unbalanced or not numeric; LimitError if it is too long
 */
export function findCase(text: string, ranges: TextRanges): { literal: LiteralCase; ranges: TextRanges } {
  const [[start, end]] = ranges;
  const object = ranges.length > 1 ? undefined : start === end ? objectAt(text, start) : objectIn(text, start, end);
  const whole = object && caseOfObject(object);
  if (object && whole) {
    return { literal: whole, ranges: [[object.start, object.end]] };
  }
  return findArrayCase(text, ranges);
}

/**
 * An array as `findArray` finds it, as a case by the name that the text gives it.
 *
 * @throws as `findArray`
 */
export function findArrayCase(text: string, ranges: TextRanges): { literal: LiteralCase; ranges: TextRanges } {
  const found = findArray(text, ranges);
  return { literal: caseOfArray(found.array, nameBefore(text, found.array.start)), ranges: found.ranges };
}

/** An array, and the ranges where it stands. */
export interface FoundArray {
  readonly array: ArrayLiteral;
  readonly ranges: TextRanges;
}

/**
 * As `findArray`; undefined where that finds something else, which most brackets and selections of a program are.
 *
 * @throws LimitError if it is too long
 */
export function arrayOrNone(text: string, ranges: TextRanges, limits: Partial<LiteralLimits>): FoundArray | undefined {
  try {
    return findArray(text, ranges, limits);
  } catch (error) {
    if (error instanceof LiteralError) {
      return undefined;
    }
    throw error;
  }
}

/**
 * The array at a selection of a text, around the cursor if nothing is selected, or of several selections; and the ranges
 * where it stands.
 *
 * @throws LiteralError if there is none, or one that is ragged, unbalanced or not numeric; LimitError if it is too long
 */
export function findArray(text: string, ranges: TextRanges, limits: Partial<LiteralLimits> = {}): FoundArray {
  if (ranges.length > 1) {
    const inOrder = ranges.toSorted(([a], [b]) => a - b);
    return { array: stackedSelections(text, inOrder, limits), ranges: inOrder };
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
  return { array, ranges: [[array.start, array.end]] };
}
