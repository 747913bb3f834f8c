import { Char, codeAt, isQuote, isWordPart } from './characters';
import { callStart, isNamedList, listStart } from './elementPrefix';
import { unpairedCommentEnd } from './looseComment';
import { stringEnd } from './strings';
import { commentEnd, followsColour, skipTrivia } from './trivia';

/** Whether a code is `[`, `(` or `{`. */
export function isOpener(code: number): boolean {
  return code === Char.openBracket || code === Char.openParenthesis || code === Char.openBrace;
}

/** Whether a code is `]`, `)` or `}`. */
export function isCloser(code: number): boolean {
  return code === Char.closeBracket || code === Char.closeParenthesis || code === Char.closeBrace;
}

/** The code of the bracket that closes an opening one. */
export function closerOf(opener: number): number {
  return opener === Char.openParenthesis ? Char.closeParenthesis : opener + 2;
}

/**
 * Steps over one piece of source text: a string, a comment, an escaped character or one unit.
 *
 * @returns the offset after it
 */
export function stepOver(text: string, at: number): number {
  const code = codeAt(text, at);
  if (code === Char.backslash) {
    return Math.min(at + 2, text.length);
  }
  const end = isQuote(code) ? stringEnd(text, at) : Math.max(commentEnd(text, at), unpairedCommentEnd(text, at));
  return Math.max(end, at + 1);
}

/**
 * The offset after the bracket that closes the one at `start`; brackets in strings and comments do not count, and any
 * kind closes any other, since a wrong closing bracket still ends the piece that a message has to name.
 *
 * @returns -1 if it is never closed
 */
export function closingEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at = stepOver(text, at)) {
    const code = codeAt(text, at);
    if (isOpener(code)) {
      depth++;
    } else if (isCloser(code) && --depth === 0) {
      return at + 1;
    }
  }
  return -1;
}

/** Words after which a bracket starts a value, although they look like the name of something indexed or called. */
const keywords = new Set(
  'and assert await case elif else if in is not of or raise return then typeof when while yield'.split(' '),
);

/** What stands first in a bracket and in the brackets that start with it, to a depth. */
export function firstElement(text: string, bracket: number, maxDepth: number): number {
  let at = bracket;
  for (let depth = 0; depth < maxDepth && isOpener(codeAt(text, at)); depth++) {
    at = skipTrivia(text, at + 1);
    at = callStart(text, listStart(text, at));
  }
  return at;
}

/** The name of an element type of Julia at the end of a text, as it stands before an array. */
export const juliaType = /(?:^|[^\w.])(Float(?:16|32|64)|U?Int(?:8|16|32|64)|Bool)$/;

/** The lengths in a type of Go, as in `[2][3]float64{…}`, and the index of an element that follows, as in `[0] = 1`. */
const noElements = /(?:\[\d+\])+[A-Za-z_]|\[\d+\]\s*=(?!=)/y;

/**
 * Whether a bracket can be that of an array by what stands around it: an index, a call, a designator and the length in a type cannot, nor
 * can the quantifier of a regular expression, as in `[0-9]{1,3}`. The name before a brace is that of a type or of what it initializes.
 */
export function mayBeArray(text: string, bracket: number): boolean {
  if (codeAt(text, bracket) !== Char.openBrace) {
    noElements.lastIndex = bracket;
    if (noElements.test(text)) {
      return false;
    }
    return (
      !followsName(text, bracket) ||
      isNamedList(text, bracket) ||
      juliaType.test(text.slice(Math.max(0, bracket - 16), bracket))
    );
  }
  if (!/^\{\d+,\d+\}/.test(text.slice(bracket, bracket + 24))) {
    return true;
  }
  const before = text.slice(Math.max(0, bracket - 80), bracket);
  return !/[\w)\]}.?*]$/.test(before) || /[\w>&*\]]\s+\w+(?:\[\d*\])?$/.test(before);
}

/** Whether a bracket indexes or calls what stands right before it, as in `x[3]`, `f(2)` and `f(x)[2]`. */
function followsName(text: string, bracket: number): boolean {
  const before = codeAt(text, bracket - 1);
  if (followsColour(text, bracket)) {
    return false;
  }
  if (!isWordPart(before)) {
    return before === Char.closeBracket || before === Char.closeParenthesis || isQuote(before);
  }
  let start = bracket - 1;
  while (start > 0 && isWordPart(codeAt(text, start - 1))) {
    start--;
  }
  return !keywords.has(text.slice(start, bracket));
}
