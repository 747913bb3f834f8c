import { Char, codeAt, isSpace } from './characters';

/** A `%` after nothing, after a statement or after a row of numbers: elsewhere it is a remainder or a format. */
const percent = /(?:(?:^|[\n\r[;])[-+\d.eE \t]*|(?:\]|\.\.\.)[ \t]*)$/;
/** Two dashes by themselves; `i--` and `--i` count down. */
const dashes = /(?:^|[\s,;)\]}])$/;
/** A semicolon that is the first on its line; JavaScript may have one right before what it parts. */
const semicolon = /(?:^|[\n\r])[ \t]*$/;

/** Units looked at before a mark. */
const before = 80;
/** A comment, by what follows its mark: one that goes on for longer is taken for none. */
const comment = /(?:%|--(?=\s|$)|;(?=[ \t]*[A-Za-z;]))[^\n\r]{0,500}(?=[\n\r]|$)/y;

/**
 * The end of the comment that may start at an offset: of MATLAB and LaTeX (`%`), SQL, Lua and Haskell (`--`) or Lisp (`;`).
 * Where `#` and slashes mark comments the same marks are operators, so that what stands before them decides.
 *
 * @returns the offset itself if none starts there
 */
export function looseCommentEnd(text: string, at: number): number {
  const code = codeAt(text, at);
  const context =
    code === Char.percent
      ? percent
      : // Most semicolons end a statement: told apart first.
        code === Char.semicolon && (at === 0 || isSpace(codeAt(text, at - 1)))
        ? semicolon
        : code === Char.minus && codeAt(text, at + 1) === Char.minus
          ? dashes
          : undefined;
  if (!context?.test(text.slice(Math.max(0, at - before), at))) {
    return at;
  }
  comment.lastIndex = at;
  return comment.test(text) ? comment.lastIndex : at;
}

/**
 * The end of such a comment if it would mislead those who count brackets; one whose brackets pair may hold an array.
 *
 * @returns the offset itself if none starts there, or if its brackets pair
 */
export function unpairedCommentEnd(text: string, at: number): number {
  const end = looseCommentEnd(text, at);
  if (end === at) {
    return at;
  }
  const open: string[] = [];
  let pairs = 0;
  for (const bracket of text.slice(at, end).match(/[[\](){}]/g) ?? []) {
    if ('[({'.includes(bracket)) {
      open.push(bracket);
    } else if (['[]', '()', '{}'].includes(`${open.pop()}${bracket}`)) {
      pairs++;
    } else {
      return end;
    }
  }
  return pairs > 0 && open.length === 0 ? at : end;
}
