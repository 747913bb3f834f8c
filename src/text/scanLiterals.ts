import { LimitError, LiteralError } from '../tensor/errors';
import type { ArrayLiteral, LiteralLimits } from './arrayLiteral';
import { ArrayReader } from './arrayReader';
import { closingEnd, firstElement, isOpener, mayBeArray, stepOver } from './brackets';
import { Char, codeAt, isDigit, isLineEnd } from './characters';
import { inContext } from './inContext';
import { NumberScanner } from './numberScanner';
import { provesArray } from './refusal';
import { rowLinesAround } from './rowLines';
import { isShapeArgument } from './shapeArgument';
import { skipBlanks } from './trivia';

/** Brackets that start like an array and are none, at the most; and such that never close, for which the whole text is read. */
const maxRefused = 10_000;
const maxUnclosed = 64;

/** Brackets that start like an array and are none, and why. */
export interface RefusedLiteral {
  readonly start: number;
  readonly end: number;
  readonly error: LiteralError;
}

/**
 * All arrays of numbers in a text in their order, and what is meant for one and is ragged, unbalanced or not numeric. What
 * stands in comments and strings is passed over.
 *
 * @throws LimitError if the text holds too much that is refused, or an array that is too long
 */
export function* scanLiterals(text: string, limits: LiteralLimits): Generator<ArrayLiteral | RefusedLiteral, void> {
  const numbers = new NumberScanner(text);
  let refused = 0;
  let unclosed = 0;
  let at = 0;
  while (at < text.length) {
    const rows = startsRow(text, at) ? rowLinesAround(text, at, limits) : undefined;
    if (rows) {
      yield inContext(text, rows);
      at = Math.max(rows.end, at + 1);
      continue;
    }
    const first = isOpener(codeAt(text, at)) && mayBeArray(text, at) ? firstElement(text, at, limits.maxDepth) : at;
    if (first === at || numbers.read(first) === first) {
      at = stepOver(text, at);
      continue;
    }
    limits.signal?.throwIfAborted();
    const reader = new ArrayReader(text, at, limits);
    const result = reader.tryRead();
    if (!(result instanceof LiteralError)) {
      if (!isAside(text, result)) {
        yield inContext(text, result);
      }
      at = result.end;
      continue;
    }
    const close = closingEnd(text, at);
    unclosed += close < 0 ? 1 : 0;
    if (++refused > maxRefused || unclosed > maxUnclosed) {
      throw new LimitError('The text holds too many brackets that start like arrays and are none.');
    }
    if (!reader.hasCalls && isMeant(text, at, result, reader.valueCount)) {
      yield { start: at, end: close < 0 ? result.end : close, error: result };
      at = Math.max(close, at + 1);
    } else {
      at++;
    }
  }
}

/** Whether a line starts at an offset that may be a row of numbers. */
function startsRow(text: string, at: number): boolean {
  if (at > 0 && !isLineEnd(codeAt(text, at - 1))) {
    return false;
  }
  const code = codeAt(text, skipBlanks(text, at));
  return isDigit(code) || code === Char.minus || code === Char.plus || code === Char.dot;
}

/** Whether an array is no data: IPython's `In [3]`, braces as in `${1}` and `\frac{1}{2}`, or a shape as an argument. */
function isAside(text: string, { start, values }: ArrayLiteral): boolean {
  const before = text.slice(Math.max(0, start - 16), start);
  const isAlone = values.length === 1;
  if (codeAt(text, start) === Char.openBrace) {
    return isAlone && !/=\s*$/.test(before);
  }
  return isShapeArgument(text, start) || (isAlone && /\bIn $/.test(before));
}

/** Whether brackets that start with a number are meant for an array although they are none. */
function isMeant(text: string, start: number, error: LiteralError, valueCount: number): boolean {
  if (provesArray(error)) {
    return true;
  }
  const { code } = error;
  return codeAt(text, start) === Char.openBracket && valueCount >= (code === 'syntax' ? 2 : 1);
}
