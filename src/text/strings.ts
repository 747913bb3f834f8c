import { Char, codeAt, isLineEnd, isQuote, isWordPart } from './characters';

/**
 * The end of the quoted string that starts at an offset, its closing quote included.
 *
 * A quote that is not closed on its line opens no string, nor does an apostrophe after a letter, digit or closing
 * bracket (don't, 1'000, A', &'a str) unless the letters are one of Python's prefixes (b'…').
 *
 * @returns the offset itself if no string starts there
 */
export function stringEnd(text: string, start: number): number {
  const quote = codeAt(text, start);
  if (!isQuote(quote) || (quote === Char.singleQuote && isApostrophe(text, start))) {
    return start;
  }
  for (let at = start + 1; at < text.length; at++) {
    const code = codeAt(text, at);
    if (code === quote) {
      return at + 1;
    }
    if (code === Char.backslash) {
      at++;
    } else if (isLineEnd(code)) {
      return start;
    }
  }
  return start;
}

function isApostrophe(text: string, at: number): boolean {
  const before = codeAt(text, at - 1);
  if (before === Char.closeBracket || before === Char.closeParenthesis) {
    return true;
  }
  return isWordPart(before) && !/(?:^|[^\w$])(?:[bfru]|br|fr|rb|rf)$/i.test(text.slice(Math.max(0, at - 3), at));
}
