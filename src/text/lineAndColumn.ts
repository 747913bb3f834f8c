import { Char, codeAt, isLineEnd } from './characters';

/** A place in a text as editors show it. */
export interface LineAndColumn {
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1, in UTF-16 units. */
  readonly column: number;
}

/** The line and column of an offset; lines end with LF, CR LF or CR. */
export function lineAndColumn(text: string, offset: number): LineAndColumn {
  let line = 1;
  let start = 0;
  for (let at = 0; at < offset; at++) {
    const code = codeAt(text, at);
    if (isLineEnd(code) && !(code === Char.carriageReturn && codeAt(text, at + 1) === Char.lineFeed)) {
      line++;
      start = at + 1;
    }
  }
  return { line, column: offset - start + 1 };
}
