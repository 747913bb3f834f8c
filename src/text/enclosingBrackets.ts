import { closerOf, isOpener } from './brackets';
import { Char, codeAt, isLineEnd, isSpace } from './characters';
import { isDesignated } from './designator';
import { elementStart } from './elementPrefix';
import { lineStart, readSourceLine } from './sourceLine';

/** A part of a text that is looked through backward, and the signal that stops it. */
export interface Scope {
  readonly text: string;
  /** The first offset looked at. */
  readonly from: number;
  readonly signal?: AbortSignal;
}

/**
 * The brackets that are open at an offset, innermost first, found line by line backward.
 *
 * @yields offsets of `[`, `(` or `{`
 */
export function* enclosingBrackets({ text, from, signal }: Scope, offset: number): Generator<number, void> {
  let closers = 0;
  let end = offset;
  while (end >= from) {
    signal?.throwIfAborted();
    const start = lineStart(text, end, from);
    const line = readSourceLine(text, start, end);
    while (line.openers.length > 0) {
      const opener = line.openers.pop()!;
      if (closers > 0) {
        closers--;
      } else {
        yield opener;
      }
    }
    closers += line.closers;
    // Beyond a block comment that begins on a line before, reading goes on where it begins.
    end = line.commentEnd === undefined ? start - 1 : text.lastIndexOf('/*', start - 2);
  }
}

/**
 * Whether what stands before a bracket lets it be an element of another array: its index, a comma, an opening bracket, a row
 * or what stands for rows left out, white space and comments aside.
 */
export function mayBeElement({ text, from }: Scope, bracket: number): boolean {
  if (isDesignated(text, bracket)) {
    return true;
  }
  let at = elementStart(text, bracket);
  while (at > from) {
    const code = codeAt(text, at - 1);
    if (isLineEnd(code)) {
      const start = lineStart(text, at - 1, from);
      const line = readSourceLine(text, start, at - 1);
      at = line.codeEnd > start ? line.codeEnd : (line.commentEnd ?? start);
    } else if (isSpace(code)) {
      at--;
    } else if (code === Char.slash && codeAt(text, at - 2) === Char.star) {
      at = text.lastIndexOf('/*', at - 4);
    } else {
      return code === Char.comma || isOpener(code) || code === Char.closeBracket || isDots(text, at);
    }
  }
  return false;
}

/** Whether dots that stand for elements left out end at an offset. */
function isDots(text: string, end: number): boolean {
  return codeAt(text, end - 1) === Char.ellipsis || text.startsWith('...', end - 3);
}

/**
 * An offset moved inside the bracket that it touches from outside, so that right before and right after count as inside.
 *
 * @param openers the kinds of bracket that count, as in `[(`
 */
export function insideTouched(text: string, offset: number, openers: string): number {
  if (offset < text.length && openers.includes(text[offset])) {
    return offset + 1;
  }
  const before = codeAt(text, offset - 1);
  return Array.from(openers, (opener) => closerOf(opener.charCodeAt(0))).includes(before) ? offset - 1 : offset;
}
