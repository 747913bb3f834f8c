import { LiteralError } from '../tensor/errors';
import type { ArrayLiteral, LiteralLimits } from './arrayLiteral';
import { Char, codeAt } from './characters';
import { looseCommentEnd } from './looseComment';
import { notNumeric } from './notNumeric';
import { NumberScanner } from './numberScanner';
import { RowList } from './rowList';
import { factorLine, sizeLine } from './printedAround';
import { lineStart } from './sourceLine';
import { tooLong } from './tooLong';
import { beforeLineBreak, commentEnd, lineEnd, skipBlanks, skipLineBreak, skipTrivia } from './trivia';

/**
 * Reads rows without brackets, a line each: the numbers of a CSV or TSV file, or of a matrix printed in columns. Numbers on
 * a single line, or one on each, are a vector; so are lines that each end with a comma and the last of which is shorter,
 * since a comma says that more follows.
 *
 * @param text  ends where the last row does
 * @param start where the first does
 * @throws LiteralError if something else than numbers stands there, or if a row is longer or shorter than those before
 */
export function readRowLines(text: string, start: number, limits: LiteralLimits): ArrayLiteral {
  const numbers = new NumberScanner(text);
  const rows = new RowList();
  let first = -1;
  let allContinued = true;
  for (let at = skipFactorLine(text, start); at < text.length; at = skipLineBreak(text, lineEnd(text, at))) {
    limits.signal?.throwIfAborted();
    if (sizeLine.test(text.slice(at, at + 128)) && rows.length > 0) {
      break;
    }
    const isContinued = readRow(text, at, numbers, (...number) => rows.push(...number));
    if (!rows.isRowOpen) {
      continue;
    }
    first = first < 0 ? at : first;
    if (allContinued && rows.isShorter && skipTrivia(text, lineEnd(text, at)) >= text.length) {
      return { start: first, end: rows.rowEnd, ...rows.vector() };
    }
    rows.endRow();
    allContinued &&= isContinued;
  }
  if (rows.length === 0) {
    throw new LiteralError('empty', 'There are no numbers here.', start, text.length);
  }
  return { start: first, end: rows.rowEnd, ...rows.array() };
}

/**
 * The rows around an offset: lines that hold nothing but numbers, as many each.
 *
 * @returns undefined if they are not two lines with two numbers each, at the least
 * @throws  LimitError if they are too long
 */
export function rowLinesAround(text: string, offset: number, limits: LiteralLimits): ArrayLiteral | undefined {
  const numbers = new NumberScanner(text);
  const own = lineStart(text, offset, 0);
  const cols = rowLength(text, own, numbers);
  if (cols < 2) {
    return undefined;
  }
  const isRow = (at: number) => {
    limits.signal?.throwIfAborted();
    if (Math.abs(at - offset) > limits.maxLength) {
      throw tooLong('array', limits);
    }
    return rowLength(text, at, numbers) === cols;
  };
  let start = own;
  for (let before = start; start > 0 && isRow((before = lineStart(text, beforeLineBreak(text, before), 0)));) {
    start = before;
  }
  let end = lineEnd(text, own);
  for (let next = end; end < text.length && isRow((next = skipLineBreak(text, next))); next = end) {
    end = lineEnd(text, next);
  }
  const rows = readRowLines(text.slice(0, end), start, limits);
  return rows.shape.length > 1 ? rows : undefined;
}

/** How many numbers stand on the line at an offset; 0 if something else does. */
function rowLength(text: string, start: number, numbers: NumberScanner): number {
  let count = 0;
  try {
    readRow(text, start, numbers, () => count++);
  } catch (error) {
    if (error instanceof LiteralError) {
      return 0;
    }
    throw error;
  }
  return count;
}

/** Reads the numbers of the line at an offset; says whether it ends with a comma or semicolon. */
function readRow(
  text: string,
  start: number,
  numbers: NumberScanner,
  push: (value: number, start: number, end: number) => void,
): boolean {
  const end = lineEnd(text, start);
  let hasComma = false;
  let isParted = false;
  let separator = 0;
  let isFirst = true;
  let at = skipBlanks(text, start);
  while (at < end) {
    const numberEnd = numbers.read(at);
    if (numberEnd === at) {
      const comment = Math.max(commentEnd(text, at), looseCommentEnd(text, at));
      if (comment === at) {
        throw notANumber(text, at);
      }
      at = skipBlanks(text, comment);
      continue;
    }
    if (hasComma && !isParted) {
      throw new LiteralError('syntax', 'A comma is missing before this number.', at, numberEnd);
    }
    push(numbers.value, at, numberEnd);
    const parting = skipBlanks(text, numberEnd);
    isParted = codeAt(text, parting) === Char.comma || codeAt(text, parting) === Char.semicolon;
    separator ||= isParted ? codeAt(text, parting) : 0;
    if (isParted && codeAt(text, parting) !== separator) {
      const reason =
        'Commas and semicolons both part numbers on this line: write decimal points, or select a matrix with its brackets.';
      throw new LiteralError('syntax', reason, parting, parting + 1);
    }
    if (isParted && !hasComma && !isFirst) {
      throw new LiteralError('syntax', 'White space parts the numbers before this comma.', parting, parting + 1);
    }
    hasComma ||= isParted;
    isFirst = false;
    at = isParted ? skipBlanks(text, parting + 1) : parting;
    if (at === numberEnd && at < end) {
      throw notANumber(text, at);
    }
    if (!isParted && at - numberEnd > 1 && at < end && /\t.*\t/.test(text.slice(numberEnd, at))) {
      throw new LiteralError('syntax', 'A cell is empty before this one: two tabs stand before it.', at, at + 1);
    }
  }
  return isParted;
}

function notANumber(text: string, at: number): LiteralError {
  return codeAt(text, at) === Char.comma
    ? new LiteralError('syntax', 'A number is missing before this comma.', at, at + 1)
    : notNumeric(text, at);
}

function skipFactorLine(text: string, start: number): number {
  const factor = factorLine.exec(text.slice(start, start + 128));
  return factor ? start + factor[0].length : start;
}
