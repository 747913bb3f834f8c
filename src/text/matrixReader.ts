import { LiteralError } from '../tensor/errors';
import type { ArrayLiteral, LiteralLimits } from './arrayLiteral';
import { Char, codeAt, isLineEnd } from './characters';
import { notNumeric } from './notNumeric';
import { NumberScanner } from './numberScanner';
import { RowList } from './rowList';
import { tooLong } from './tooLong';
import { commentEnd, lineEnd, skipBlanks, skipLineBreak } from './trivia';

/**
 * Reads a matrix as MATLAB, Octave and Julia write it: `[1 2; 3 4]`, or with a line for each row. Numbers are parted by
 * white space or commas; `...` at the end of a line lets the row go on.
 *
 * @param start where its bracket opens
 * @throws LiteralError if it is no matrix of numbers; LimitError if it is too long
 */
export function readMatrix(text: string, start: number, limits: LiteralLimits): ArrayLiteral {
  const numbers = new NumberScanner(text);
  const rows = new RowList();
  let numberNext = true;
  for (let at = start + 1; ; at++) {
    const gap = at;
    at = skipGap(text, at);
    const code = codeAt(text, at);
    if (at > start + limits.maxLength) {
      throw tooLong('array', limits);
    }
    if (at >= text.length) {
      throw new LiteralError('unbalanced', 'The bracket opened here is never closed.', start, start + 1);
    }
    if (code === Char.closeBracket) {
      rows.endRow();
      return { start, end: at + 1, ...rows.matrix(), ...(numbers.dtype && { dtype: numbers.dtype }) };
    }
    if (code === Char.semicolon && codeAt(text, at + 1) === Char.semicolon) {
      const reason = 'Two semicolons part columns or pages in Julia, which are not read: write rows with one each.';
      throw new LiteralError('syntax', reason, at, at + 2);
    }
    if (code === Char.semicolon || isLineEnd(code)) {
      limits.signal?.throwIfAborted();
      rows.endRow();
      numberNext = true;
    } else if (code === Char.comma && rows.isRowOpen && !numberNext) {
      numberNext = true;
    } else {
      const end = numbers.read(at);
      // Without a gap, 3-4 is a difference.
      if (end === at || !(numberNext || at > gap)) {
        throw notNumeric(text, at);
      }
      rows.push(numbers.value, at, end);
      numberNext = false;
      at = end - 1;
    }
  }
}

/** Skips blanks, comments and the dots that let a row go on, all within a row. */
function skipGap(text: string, start: number): number {
  let at = start;
  for (;;) {
    at = skipBlanks(text, at);
    if (text.startsWith('...', at)) {
      at = skipLineBreak(text, lineEnd(text, at));
      continue;
    }
    const end = codeAt(text, at) === Char.percent ? lineEnd(text, at) : commentEnd(text, at);
    if (end === at) {
      return at;
    }
    at = end;
  }
}
