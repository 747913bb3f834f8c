import type { ArrayLiteral } from './arrayLiteral';
import { lineEnd, skipLineBreak } from './trivia';

/** Columns after which NumPy breaks the lines of what it prints. */
const numpyColumns = 75;
/** What stands before a matrix of one row in MATLAB and Julia; NumPy prints a row without either. */
const assigned = /(?:=|\b(?:single|double|u?int\d+)\()\s*$/;

/**
 * Whether one row of numbers with white space between them is a matrix of MATLAB or Julia: each of its lines is a row. NumPy
 * prints a long vector on several lines too, but breaks one only where the next number does not fit any more.
 */
export function isMatrix(text: string, { start, end, shape, truncated }: ArrayLiteral): boolean {
  if (shape.length !== 1 || truncated) {
    return false;
  }
  const firstLineEnd = lineEnd(text, start);
  if (firstLineEnd >= end) {
    return assigned.test(text.slice(Math.max(0, start - 16), start));
  }
  const secondLine = text.slice(skipLineBreak(text, firstLineEnd), end).trimStart();
  const nextNumber = /^[^\s\]]*/.exec(secondLine)![0];
  return firstLineEnd - start + 1 + nextNumber.length < numpyColumns;
}
