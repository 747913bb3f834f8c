import { isCloser, isOpener } from './brackets';
import { Char, codeAt, isLineEnd, isSpace } from './characters';
import { unpairedCommentEnd } from './looseComment';
import { stringEnd } from './strings';
import { commentEnd } from './trivia';

/** What one line of source text, or its part before an offset, leaves for the lines around it. */
export interface SourceLine {
  /** Offsets of the brackets that open and do not close on the line, in their order. */
  openers: number[];
  /** How many brackets close that were opened on lines before. */
  closers: number;
  /** The end of the last character that is neither white space nor comment; the line's start if there is none. */
  codeEnd: number;
  /** Where the comment starts that the line ends in, if it does. */
  commentStart?: number;
  /** Where the block comment ends that the line starts in, if it does. */
  commentEnd?: number;
}

/** By code: 1 for the characters that brackets, strings and comments are told by, and white space. */
const telling = new Uint8Array(128);
for (const character of ' \t\n\v\f\r\u001b"\'#%()*-/;[\\]{}') {
  telling[character.charCodeAt(0)] = 1;
}

/**
 * Reads the brackets of one line, forward and from its start, since only so strings and comments can be told from code.
 * Brackets of any kind pair with each other: what is half-open in prose, [0, 1), must not shift the count.
 *
 * @param end where to stop: the end of the line, or an offset in it
 */
export function readSourceLine(text: string, start: number, end: number): SourceLine {
  let line: SourceLine = { openers: [], closers: 0, codeEnd: start };
  let at = start;
  while (at < end) {
    const code = codeAt(text, at);
    if (code < telling.length && telling[code] === 0) {
      line.codeEnd = ++at;
      continue;
    }
    const next = codeAt(text, at + 1);
    if (code === Char.minus && next !== Char.minus) {
      line.codeEnd = ++at; // The sign of a number, as of every other one.
    } else if (code === Char.slash && next === Char.star) {
      const close = blockCommentEnd(text, at + 2, end);
      if (close < 0) {
        line.commentStart = at;
        return line;
      }
      at = close;
    } else if (code === Char.star && next === Char.slash) {
      at += 2;
      line = { openers: [], closers: 0, codeEnd: start, commentEnd: at };
    } else if (code === Char.escape) {
      at = Math.max(commentEnd(text, at), at + 1);
    } else if (
      code === Char.hash ||
      (code === Char.slash && next === Char.slash) ||
      unpairedCommentEnd(text, at) > at
    ) {
      line.commentStart = at;
      return line;
    } else {
      if (isOpener(code)) {
        line.openers.push(at);
      } else if (isCloser(code) && line.openers.pop() === undefined) {
        line.closers++;
      }
      at = Math.min(Math.max(stringEnd(text, at), at + (code === Char.backslash ? 2 : 1)), end);
      line.codeEnd = isSpace(code) ? line.codeEnd : at;
    }
  }
  return line;
}

/** Start of the line that an offset stands in, or `from` if that comes after. */
export function lineStart(text: string, at: number, from: number): number {
  while (at > from && !isLineEnd(codeAt(text, at - 1))) {
    at--;
  }
  return at;
}

/** The end of a block comment within a line; `text.indexOf` would look through the whole text for every stray start. */
function blockCommentEnd(text: string, at: number, end: number): number {
  for (; at < end - 1; at++) {
    if (codeAt(text, at) === Char.star && codeAt(text, at + 1) === Char.slash) {
      return at + 2;
    }
  }
  return -1;
}
