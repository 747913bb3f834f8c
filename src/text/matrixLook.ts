import type { ArrayLiteral } from './arrayLiteral';
import { typeBefore } from './elementType';
import { lineEnd, skipLineBreak } from './trivia';

/** Columns after which NumPy breaks the lines of what it prints. */
const numpyColumns = 75;
/** What stands before a matrix of one row in MATLAB and Julia, and in a log before a vector that NumPy broke into lines. */
const assigned = /=\s*$/;
/** What converts a matrix in MATLAB. */
const converted = /\b(?:single|double|u?int\d+)\(\s*$/;

/**
 * Whether one row of numbers with white space between them is a matrix of MATLAB or Julia: each of its lines is a row. NumPy
 * prints a long vector on several lines too, but names no type before it and breaks a line only where the next number does
 * not fit any more.
 */
export function isMatrix(text: string, { start, end, shape, truncated }: ArrayLiteral): boolean {
  if (shape.length !== 1 || truncated) {
    return false;
  }
  const before = text.slice(Math.max(0, start - 16), start);
  if (converted.test(before) || typeBefore(text, start) !== undefined) {
    return true;
  }
  const firstLineEnd = lineEnd(text, start);
  if (firstLineEnd >= end) {
    return assigned.test(before);
  }
  const secondLine = text.slice(skipLineBreak(text, firstLineEnd), end).trimStart();
  const nextNumber = /^[^\s\]]*/.exec(secondLine)![0];
  return firstLineEnd - start + 1 + nextNumber.length < numpyColumns;
}
