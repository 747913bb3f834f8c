/** UTF-16 codes of the characters that array literals are made of. */
export const Char = {
  tab: 0x09,
  lineFeed: 0x0a,
  carriageReturn: 0x0d,
  escape: 0x1b,
  space: 0x20,
  doubleQuote: 0x22,
  hash: 0x23,
  dollar: 0x24,
  percent: 0x25,
  singleQuote: 0x27,
  openParenthesis: 0x28,
  closeParenthesis: 0x29,
  star: 0x2a,
  plus: 0x2b,
  comma: 0x2c,
  minus: 0x2d,
  dot: 0x2e,
  slash: 0x2f,
  digit0: 0x30,
  digit9: 0x39,
  colon: 0x3a,
  semicolon: 0x3b,
  less: 0x3c,
  upperA: 0x41,
  upperE: 0x45,
  upperF: 0x46,
  upperZ: 0x5a,
  openBracket: 0x5b,
  backslash: 0x5c,
  closeBracket: 0x5d,
  underscore: 0x5f,
  lowerA: 0x61,
  lowerE: 0x65,
  lowerF: 0x66,
  lowerM: 0x6d,
  lowerZ: 0x7a,
  openBrace: 0x7b,
  closeBrace: 0x7d,
  noBreakSpace: 0xa0,
  ellipsis: 0x2026,
  minusSign: 0x2212,
} as const;

/**
 * The code of the character at an offset, 0 outside of the text. `charCodeAt` gives NaN there, and whatever has met that
 * once stays several times slower from then on.
 */
export function codeAt(text: string, at: number): number {
  return at >= 0 && at < text.length ? text.charCodeAt(at) : 0;
}

/** White space of any script, and what has no width, as in text copied from a page or a chat. */
const otherSpace = /[\s\u200b-\u200d\u2060]/;

/** Whether a code is white space within a line or a line end. */
export function isSpace(code: number): boolean {
  return (
    code === Char.space ||
    (code >= Char.tab && code <= Char.carriageReturn) ||
    (code >= Char.noBreakSpace && otherSpace.test(String.fromCharCode(code)))
  );
}

/** Whether a code ends a line, as editors count lines. */
export function isLineEnd(code: number): boolean {
  return code === Char.lineFeed || code === Char.carriageReturn;
}

/** Whether a code is a decimal digit. */
export function isDigit(code: number): boolean {
  return code >= Char.digit0 && code <= Char.digit9;
}

/** Whether a code can be part of a name or of a number: letters of any script, digits, `_` and `$`. */
export function isWordPart(code: number): boolean {
  if (code < Char.digit0) {
    return code === Char.dollar;
  }
  return (
    isDigit(code) ||
    (code >= Char.lowerA && code <= Char.lowerZ) ||
    (code >= Char.upperA && code <= Char.upperZ) ||
    code === Char.underscore ||
    (code > 0x7f && /[\p{L}\p{N}]/u.test(String.fromCharCode(code)))
  );
}

/** Whether a code opens a string in every language at hand. */
export function isQuote(code: number): boolean {
  return code === Char.doubleQuote || code === Char.singleQuote;
}
