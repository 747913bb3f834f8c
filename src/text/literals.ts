import { LiteralError } from '../tensor/errors';
import { defaultLimits, type ArrayLiteral, type LiteralLimits } from './arrayLiteral';
import { commentAround } from './commentAround';
import { decoratedArray } from './decoratedArray';
import { enclosingArray } from './enclosingArray';
import { insideTouched } from './enclosingBrackets';
import { inContext } from './inContext';
import { tryRead } from './refusal';
import { labelledLines } from './labelledLines';
import { rowLinesAround } from './rowLines';
import { scanLiterals, type RefusedLiteral } from './scanLiterals';
import { selectedArray } from './selectedArray';
import { lineStart, readSourceLine } from './sourceLine';
import { tooLong } from './tooLong';

/**
 * The outermost array of numbers around an offset: the offset stands inside it on any level, or right before or after, or on
 * one of the lines that are its rows.
 *
 * @returns undefined if there is none, as in prose, in a string or in an index `a[i]`
 * @throws  LiteralError if there is one that is ragged, unbalanced or not numeric; LimitError if it is too long
 */
export function literalAt(text: string, offset: number, limits: Partial<LiteralLimits> = {}): ArrayLiteral | undefined {
  const bounds = { ...defaultLimits, ...limits };
  const { signal, maxLength } = bounds;
  const cursor = insideTouched(text, offset, '[(');
  const from = Math.max(0, cursor - maxLength);
  const scope = { text, from, signal };
  // Braces that hold no array, such as those of an object, do not count as touched.
  const array =
    enclosingArray(scope, insideTouched(text, offset, '{'), bounds) ?? enclosingArray(scope, cursor, bounds);
  if (array) {
    return inContext(text, array);
  }
  const lines = rowLinesAround(text, offset, bounds);
  if (lines) {
    return labelledLines(text, lines, bounds) ?? inContext(text, lines);
  }
  const { commentStart } = readSourceLine(text, lineStart(text, cursor, from), cursor);
  if (commentStart === undefined) {
    return undefined;
  }
  // An array in a comment counts if it is pointed at; it ends with the comment.
  const comment = commentAround(text, commentStart, bounds);
  const commented = enclosingArray({ ...comment, signal }, cursor, bounds);
  return commented && inContext(comment.text, commented);
}

/**
 * The array in a selection: exactly one, also with text around it; or rows or numbers without brackets around them, also with
 * a prefix before each line, as the values of keys, or in a table.
 *
 * @param start offset of the selection's start
 * @param end   and of its end
 * @throws LiteralError if there is none, or more than one, or one that is ragged, unbalanced or not numeric; LimitError if
 *   the selection is too long
 */
export function literalIn(text: string, start: number, end: number, limits: Partial<LiteralLimits> = {}): ArrayLiteral {
  const bounds = { ...defaultLimits, ...limits };
  if (end - start > bounds.maxLength) {
    throw tooLong('selection', bounds);
  }
  const selected = text.slice(0, end);
  const result = tryRead(() => inContext(text, selectedArray(selected, start, bounds)));
  if (!(result instanceof LiteralError)) {
    return result;
  }
  const decorated = decoratedArray(selected, start, bounds);
  if (decorated) {
    return decorated;
  }
  throw result;
}

/**
 * All arrays of numbers in a text, in their order, and what is meant for one and is not.
 *
 * @throws LimitError if the text is too long, or holds too much that is refused
 */
export function literals(
  text: string,
  limits: Partial<LiteralLimits> = {},
): Generator<ArrayLiteral | RefusedLiteral, void> {
  const bounds = { ...defaultLimits, ...limits };
  if (text.length > bounds.maxLength) {
    throw tooLong('text', bounds);
  }
  return scanLiterals(text, bounds);
}
