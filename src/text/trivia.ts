import { Char, codeAt, isDigit, isLineEnd, isSpace } from './characters';

/** Units of the longest colour code that programs write, with three colours of three digits each, and some to spare. */
const longestColour = 32;

/**
 * Skips what stands between the parts of a literal: white space, `#` and `//` comments to the end of their line, block
 * comments, and a terminal's colour codes.
 *
 * @returns the first offset from `at` on that is neither, the length of the text if there is none
 */
export function skipTrivia(text: string, at: number): number {
  let code = codeAt(text, at);
  if (code === Char.space) {
    code = codeAt(text, ++at);
  }
  // One space or none, then a digit, comma or bracket: told apart first, in a function small enough to be inlined.
  return code > Char.space && code < Char.noBreakSpace && code !== Char.hash && code !== Char.slash
    ? at
    : skipAll(text, at);
}

function skipAll(text: string, at: number): number {
  for (;;) {
    while (isSpace(codeAt(text, at))) {
      at++;
    }
    const end = commentEnd(text, at);
    if (end === at) {
      return at;
    }
    at = end;
  }
}

/** The end of the comment, or of the terminal's colour code, that starts at an offset; the offset itself if none does. */
export function commentEnd(text: string, at: number): number {
  const code = codeAt(text, at);
  if (code === Char.escape) {
    return colourEnd(text, at);
  }
  if (code === Char.hash) {
    return lineEnd(text, at);
  }
  if (code !== Char.slash) {
    return at;
  }
  const next = codeAt(text, at + 1);
  if (next === Char.slash) {
    return lineEnd(text, at);
  }
  if (next === Char.star) {
    const close = text.indexOf('*/', at + 2);
    return close < 0 ? text.length : close + 2;
  }
  return at;
}

/** The end of a colour code such as `ESC[1;31m`, which terminals leave in what is copied or logged. */
function colourEnd(text: string, start: number): number {
  let at = start + 1;
  if (codeAt(text, at) !== Char.openBracket) {
    return start;
  }
  do {
    at++;
  } while (isDigit(codeAt(text, at)) || codeAt(text, at) === Char.semicolon);
  return codeAt(text, at) === Char.lowerM ? at + 1 : start;
}

/** Whether a colour code ends right before an offset. */
export function followsColour(text: string, at: number): boolean {
  const start = codeAt(text, at - 1) === Char.lowerM ? text.lastIndexOf('[', at - 1) - 1 : -1;
  return (
    start >= 0 && at - start <= longestColour && codeAt(text, start) === Char.escape && colourEnd(text, start) === at
  );
}

/** The end of the line that an offset stands in, its line break not included. */
export function lineEnd(text: string, at: number): number {
  while (at < text.length && !isLineEnd(codeAt(text, at))) {
    at++;
  }
  return at;
}

/** The offset after the line break at an offset; the offset itself if none stands there. */
export function skipLineBreak(text: string, at: number): number {
  const isCrLf = codeAt(text, at) === Char.carriageReturn && codeAt(text, at + 1) === Char.lineFeed;
  return isLineEnd(codeAt(text, at)) ? at + (isCrLf ? 2 : 1) : at;
}

/** The offset before the line break that ends at an offset; the offset itself if none ends there. */
export function beforeLineBreak(text: string, at: number): number {
  const isCrLf = codeAt(text, at - 1) === Char.lineFeed && codeAt(text, at - 2) === Char.carriageReturn;
  return isLineEnd(codeAt(text, at - 1)) ? at - (isCrLf ? 2 : 1) : at;
}

/** Skips white space within a line. */
export function skipBlanks(text: string, at: number): number {
  while (isSpace(codeAt(text, at)) && !isLineEnd(codeAt(text, at))) {
    at++;
  }
  return at;
}
