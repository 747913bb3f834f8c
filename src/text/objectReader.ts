import { LiteralError } from '../tensor/errors';
import type { ArrayLiteral, LiteralLimits, LiteralObject } from './arrayLiteral';
import { ArrayReader } from './arrayReader';
import { closerOf, closingEnd, isCloser, isOpener, stepOver } from './brackets';
import { Char, codeAt } from './characters';
import { callStart } from './elementPrefix';
import { inContext } from './inContext';
import { NumberScanner } from './numberScanner';
import { provesArray } from './refusal';
import { stringEnd } from './strings';
import { tooLong } from './tooLong';
import { skipTrivia } from './trivia';

const orderedDict = 'OrderedDict(';
const bareKey = /[\w$]+/y;

/** Whether the bracket at an offset may open a mapping: a brace, or that of the pairs in `OrderedDict([('weight', …), …])`. */
export function mayBeObject(text: string, bracket: number): boolean {
  const code = codeAt(text, bracket);
  return (
    code === Char.openBrace || (code === Char.openBracket && text.startsWith(orderedDict, bracket - orderedDict.length))
  );
}

/**
 * Reads the mapping whose bracket stands at an offset, and of its entries those that are arrays of numbers or numbers.
 *
 * @returns undefined if no mapping stands there, such as a block of code
 * @throws  LiteralError if an array in it is ragged or unbalanced; LimitError if it is too long
 */
export function readObject(text: string, start: number, limits: LiteralLimits): LiteralObject | undefined {
  const entries = new Map<string, ArrayLiteral | number>();
  let at = skipTrivia(text, start + 1);
  const isPairs = codeAt(text, start) === Char.openBracket;
  const closer = closerOf(codeAt(text, start));
  while (codeAt(text, at) !== closer) {
    if (at - start > limits.maxLength) {
      throw tooLong('object', limits);
    }
    limits.signal?.throwIfAborted();
    const keyStart = isPairs && codeAt(text, at) === Char.openParenthesis ? skipTrivia(text, at + 1) : at;
    const keyEnd = endOfKey(text, keyStart);
    const colon = skipTrivia(text, keyEnd);
    if (keyEnd === keyStart || codeAt(text, colon) !== (isPairs ? Char.comma : Char.colon)) {
      return undefined;
    }
    const key = text.slice(keyStart, keyEnd).replace(/^(['"])(.*)\1$/s, '$2');
    const value = readValue(text, skipTrivia(text, colon + 1), limits);
    const end = endOfValue(text, value.end);
    if (value.entry !== undefined && skipTrivia(text, value.end) === end) {
      entries.set(key, value.entry);
    }
    const next = isPairs && codeAt(text, end) === Char.closeParenthesis ? skipTrivia(text, end + 1) : end;
    if (codeAt(text, next) === Char.comma) {
      at = skipTrivia(text, next + 1);
    } else if (codeAt(text, next) === closer) {
      at = next;
    } else {
      return undefined;
    }
  }
  return { start, end: at + 1, entries };
}

function endOfKey(text: string, at: number): number {
  bareKey.lastIndex = at;
  return bareKey.test(text) ? bareKey.lastIndex : stringEnd(text, at);
}

/** The array or number that a value starts with, and where that ends; no entry if it starts with something else. */
function readValue(text: string, start: number, limits: LiteralLimits): { entry?: ArrayLiteral | number; end: number } {
  const first = callStart(text, start);
  if (first === start) {
    return readBareValue(text, start, limits);
  }
  const argument = readBareValue(text, first, limits);
  const next = codeAt(text, skipTrivia(text, argument.end));
  const end = closingEnd(text, text.lastIndexOf('(', first));
  const alone = next === Char.comma || next === Char.closeParenthesis;
  return { entry: alone ? argument.entry : undefined, end: end < 0 ? text.length : end };
}

function readBareValue(
  text: string,
  start: number,
  limits: LiteralLimits,
): { entry?: ArrayLiteral | number; end: number } {
  const code = codeAt(text, start);
  if (code !== Char.openBracket && code !== Char.openParenthesis) {
    const numbers = new NumberScanner(text);
    const end = numbers.read(start);
    return { entry: end > start ? numbers.value : undefined, end };
  }
  const array = new ArrayReader(text, start, limits).tryRead();
  if (!(array instanceof LiteralError)) {
    return { entry: inContext(text, array), end: array.end };
  }
  const otherList = array.code === 'not_numeric' || array.code === 'empty';
  if (otherList || (code === Char.openParenthesis && !provesArray(array))) {
    return { end: start };
  }
  throw array;
}

/** The comma or closing bracket that ends the value at an offset; the length of the text if there is none. */
function endOfValue(text: string, at: number): number {
  while (at < text.length) {
    const code = codeAt(text, at);
    if (code === Char.comma || isCloser(code)) {
      return at;
    }
    const end = isOpener(code) ? closingEnd(text, at) : stepOver(text, at);
    if (end < 0) {
      return text.length;
    }
    at = end;
  }
  return text.length;
}
