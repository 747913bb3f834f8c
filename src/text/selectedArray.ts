import { LiteralError } from '../tensor/errors';
import type { ArrayLiteral, LiteralLimits } from './arrayLiteral';
import { ArrayReader } from './arrayReader';
import { closingEnd, firstElement, isCloser, isOpener, mayBeArray, stepOver } from './brackets';
import { Char, codeAt } from './characters';
import { readColumnBlocks } from './columnBlocks';
import { callStart } from './elementPrefix';
import { notNumeric } from './notNumeric';
import { NumberScanner } from './numberScanner';
import { readPages } from './pages';
import { provesArray, tryRead } from './refusal';
import { readRowLines } from './rowLines';
import { isShapeArgument } from './shapeArgument';
import { lineStart } from './sourceLine';
import { skipTrivia } from './trivia';

/** Parentheses that start with a number and are no tuple, at the most: a text with more is code, or made to be slow. */
const maxMisses = 10_000;

/**
 * The array that a selection holds: a bracket, or rows or numbers without one, or a single array with text around it.
 *
 * @param text  cut off where the selection ends
 * @param start where the selection starts
 * @throws LiteralError if it holds none or several, or one that is ragged, unbalanced or not numeric
 */
export function selectedArray(text: string, start: number, limits: LiteralLimits): ArrayLiteral {
  const first = skipTrivia(text, start);
  if (first >= text.length) {
    const isBlank = text.slice(start).trim() === '';
    const reason = isBlank ? 'Nothing is selected.' : 'There is no array of numbers in the selected comment.';
    throw new LiteralError('empty', reason, start, text.length);
  }
  return wholeArray(text, first, limits) ?? bareArray(text, start, first, limits);
}

/** The array whose brackets enclose the whole selection; undefined if none do. */
function wholeArray(text: string, start: number, limits: LiteralLimits): ArrayLiteral | undefined {
  if (!isOpener(codeAt(text, start))) {
    return undefined;
  }
  const result = new ArrayReader(text, start, limits).tryRead();
  if (!(result instanceof LiteralError)) {
    return endsSelection(text, result.end) ? result : undefined;
  }
  const end = closingEnd(text, start);
  if ((end < 0 || endsSelection(text, end)) && refuses(text, start, result)) {
    throw result;
  }
  return undefined;
}

/** Rows or numbers without brackets around them; if the selection is nothing of the kind, the array amid its text. */
function bareArray(text: string, start: number, first: number, limits: LiteralLimits): ArrayLiteral {
  const element = callStart(text, first);
  const hasBrackets = element > first || isOpener(codeAt(text, first));
  const result = tryRead(
    () =>
      readPages(text, first, limits) ??
      (hasBrackets
        ? new ArrayReader(text, first, limits, true).read()
        : (readColumnBlocks(text, first, limits) ?? readRowLines(text, lineStart(text, first, start), limits))),
  );
  if (!(result instanceof LiteralError)) {
    if (result.values.length === 1 && !isOpener(codeAt(text, element))) {
      throw new LiteralError('syntax', 'A single number is no array: select two or more.', result.start, result.end);
    }
    return result;
  }
  if (provesArray(result) || (result.code === 'unbalanced' && hasBrackets)) {
    throw result;
  }
  const found = arrayAmidText(text, first, limits);
  if (found) {
    return found;
  }
  throw hasBrackets || result.start > first
    ? result
    : new LiteralError('syntax', 'There is no array of numbers in the selection.', first, text.length);
}

/**
 * The only array of numbers amid other text, undefined if there is none. Brackets that start with something else, as in a
 * log's [INFO], are passed over, and refused only if no array follows.
 */
function arrayAmidText(text: string, start: number, limits: LiteralLimits): ArrayLiteral | undefined {
  let found: ArrayLiteral | undefined;
  let refusal: LiteralError | undefined;
  let misses = 0;
  let at = start;
  while (at < text.length) {
    if (!isOpener(codeAt(text, at)) || !mayBeArray(text, at)) {
      at = stepOver(text, at);
      continue;
    }
    if (isShapeArgument(text, at)) {
      const close = closingEnd(text, at);
      at = close < 0 ? text.length : close;
      continue;
    }
    const first = firstElement(text, at, limits.maxDepth);
    if (new NumberScanner(text).read(first) === first) {
      if (codeAt(text, at) !== Char.openBracket) {
        // Brackets nested too deep for an array are not tried one by one.
        at = isOpener(codeAt(text, first)) ? first : at + 1;
        continue;
      }
      if (first < text.length && !isCloser(codeAt(text, first))) {
        refusal ??= notNumeric(text, first);
      }
      const end = closingEnd(text, at);
      at = end < 0 ? text.length : end;
      continue;
    }
    const reader = new ArrayReader(text, at, limits);
    const result = reader.tryRead();
    if (!(result instanceof LiteralError)) {
      if (found) {
        const reason = 'The selection holds more than one array: select one of them.';
        throw new LiteralError('syntax', reason, result.start, result.end);
      }
      found = result;
      at = result.end;
    } else if (refuses(text, at, result) || isInitializer(text, at, reader) || ++misses === maxMisses) {
      throw result;
    } else {
      at++;
    }
  }
  if (!found && refusal) {
    throw refusal;
  }
  return found;
}

/** Whether an error speaks of an array, and not of parentheses that hold something else. */
function refuses(text: string, start: number, error: LiteralError): boolean {
  return codeAt(text, start) === Char.openBracket || provesArray(error);
}

/** Whether braces hold rows of numbers as far as they were read: one of the rows alone is not what is selected. */
function isInitializer(text: string, start: number, { valueCount }: ArrayReader): boolean {
  return (
    codeAt(text, start) === Char.openBrace &&
    codeAt(text, skipTrivia(text, start + 1)) === Char.openBrace &&
    valueCount > 1
  );
}

/** Whether nothing but a comma or semicolon follows. */
function endsSelection(text: string, at: number): boolean {
  const end = skipTrivia(text, at);
  return end >= text.length || (/[,;]/.test(text[end]) && skipTrivia(text, end + 1) >= text.length);
}
