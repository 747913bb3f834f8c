import { LiteralError } from '../tensor/errors';
import type { ArrayLiteral, LiteralLimits } from './arrayLiteral';
import { ArrayReader } from './arrayReader';
import { isOpener, mayBeArray } from './brackets';
import { Char, codeAt } from './characters';
import { isDesignated } from './designator';
import { elementStart, isNamedList } from './elementPrefix';
import { enclosingBrackets, mayBeElement, type Scope } from './enclosingBrackets';
import { provesArray } from './refusal';
import { tooLong } from './tooLong';

/**
 * The outermost array of numbers that a cursor stands in: the brackets around the cursor are tried from the outermost
 * inward, past those that hold something other than numbers.
 *
 * @returns undefined if no bracket around the cursor is that of an array
 * @throws  LiteralError if one is, but ragged, unbalanced or not numeric; LimitError if it exceeds the limits
 */
export function enclosingArray(scope: Scope, cursor: number, limits: LiteralLimits): ArrayLiteral | undefined {
  let candidates = arrayBrackets(scope, cursor, limits);
  let refusal: LiteralError | undefined;
  while (candidates.length > 0) {
    const [start, ...inner] = candidates;
    const reader = new ArrayReader(scope.text, start, limits);
    const result = reader.tryRead();
    if (!(result instanceof LiteralError)) {
      if (result.end >= cursor) {
        return result;
      }
      candidates = inner;
      continue;
    }
    const isSquare = codeAt(scope.text, start) === Char.openBracket;
    if (isSquare ? !failsOutside(scope.text, result, inner[0]) : provesArray(result)) {
      throw result;
    }
    refusal ??= isSquare ? result : undefined;
    // A bracket still open where reading failed would only fail there again, unless it is in a call that stands for itself.
    candidates = reader.hasCalls ? inner : inner.filter((bracket) => !reader.isOpen(bracket));
  }
  if (refusal) {
    throw refusal;
  }
  return undefined;
}

/** Whether an error leaves open that a bracket further in is that of an array. */
function failsOutside(text: string, { code, start }: LiteralError, inner: number | undefined): boolean {
  if (code === 'not_numeric') {
    return true;
  }
  // A bracket that is never closed is named by its start, but goes wrong at the end of the text.
  const neverClosed = code === 'unbalanced' && isOpener(codeAt(text, start));
  return (code === 'syntax' || code === 'unbalanced') && !neverClosed && inner !== undefined && start < inner;
}

/** The brackets around a cursor that may be those of one array, outermost first. */
function arrayBrackets(scope: Scope, cursor: number, limits: LiteralLimits): number[] {
  const { text, from } = scope;
  const brackets: number[] = [];
  for (const bracket of enclosingBrackets(scope, cursor)) {
    const isBrace = codeAt(text, bracket) === Char.openBrace;
    const isOther = brackets.length > 0 && isBrace !== (codeAt(text, brackets[0]) === Char.openBrace);
    if (isOther && !isDesignated(text, brackets[0])) {
      return brackets;
    }
    if (brackets.length > 0 && elementStart(text, bracket + 1) < bracket && !isNamedList(text, bracket)) {
      continue; // The parenthesis of a call around an element, such as tensor([…]), is transparent.
    }
    if (mayBeArray(text, bracket)) {
      brackets.unshift(bracket);
      if (brackets.length > limits.maxDepth || !mayBeElement(scope, bracket)) {
        return brackets;
      }
    } else if (brackets.length > 0) {
      return brackets;
    }
  }
  if (cursor - from >= limits.maxLength && (brackets.length > 0 || isAmidNumbers(text, cursor))) {
    throw tooLong('array', limits);
  }
  return brackets;
}

/** Whether what stands before a cursor can only be part of a long row of numbers. */
function isAmidNumbers(text: string, cursor: number): boolean {
  const before = text.slice(Math.max(0, cursor - 64), cursor);
  return before.includes(',') && /^[\d\s.,eE+\-_[\]()]*$/.test(before);
}
