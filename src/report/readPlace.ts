import type { CaseRole } from '../norm/normCase';
import { LiteralError, PlacedError } from '../tensor/errors';
import { unravelIndex } from '../tensor/shape';
import { elementRange } from '../text/elementRange';
import { lineAndColumn } from '../text/lineAndColumn';
import { findArrayCase, findCase, type TextRanges } from './findCase';
import type { LiteralCase } from './literalCase';

/** A place that a person points at, in a text as it is now. */
export interface PointedPlace {
  /** The place and the version of its text: what was read under it once need not be read again. */
  readonly key: string;
  readonly uri: string;
  /** Of the text. */
  readonly version: number;
  /** Of the file, as the editor shows it. */
  readonly path: string;
  readonly ranges: TextRanges;
  /** What an array here is to the case of the first place; absent of the first place, and where nothing joins it. */
  readonly role?: CaseRole;
}

/** What was found at a place. */
export interface ReadPlace {
  readonly pointed: PointedPlace;
  readonly literal: LiteralCase;
  /** Where it stands, and where its x begins. */
  readonly ranges: TextRanges;
  readonly line: number;
  /** Counted from 1, in UTF-16 units. */
  readonly column: number;
}

/**
 * Reads what stands at a place of a text.
 *
 * @param readsCase whether an object that is a whole case counts as one, or only arrays do
 * @throws PlacedError if there is none, or one that is ragged, unbalanced, not numeric or not whole; LimitError if it is too
 *   long; ShapeError if the arrays of a case do not fit together
 */
export function readPlace(pointed: PointedPlace, text: string, readsCase: boolean): ReadPlace {
  try {
    const { literal, ranges } = readsCase ? findCase(text, pointed.ranges) : findArrayCase(text, pointed.ranges);
    return { pointed, literal, ranges, ...lineAndColumn(text, literal.x.start) };
  } catch (error) {
    if (!(error instanceof LiteralError)) {
      throw error;
    }
    const { reason, start, end } = error;
    const { line, column } = lineAndColumn(text, start);
    throw new PlacedError(`Line ${line}, column ${column}: ${reason}`, pointed.uri, start, end);
  }
}

/**
 * Where an element of x stands in its text.
 *
 * @throws ShapeError if x has no such row of its last axis, or no such column in it
 */
export function elementAt({ literal: { x } }: ReadPlace, text: string, row: number, column: number) {
  return elementRange(text, x, unravelIndex(row * (x.shape.at(-1) ?? 1) + column, x.shape));
}

/** The row of x's last axis that stands at an offset of its text, if one does. */
export function rowAt({ literal: { x } }: ReadPlace, offset: number): number | undefined {
  const { rowOffsets } = x;
  let low = 0;
  let high = rowOffsets.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rowOffsets[2 * middle + 1] < offset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < rowOffsets.length / 2 && rowOffsets[2 * low] <= offset ? low : undefined;
}
