import type { LiteralLimits } from './arrayLiteral';
import { without, type TextRange } from './bareText';
import { looseCommentEnd } from './looseComment';
import { lineStart } from './sourceLine';
import { beforeLineBreak, commentEnd, lineEnd, skipLineBreak } from './trivia';

/** The mark of a comment that is alone on its line. */
const lineMark = /^[^\S\r\n]*(?:#+|\/{2,}|%+|;+|--(?=\s))/;
const mark = /^[#/*%;-]+/;

/**
 * The text up to the end of the comment that starts at an offset, with spaces in place of the comment's marks. Comments on
 * lines of their own, one below the other, are one.
 *
 * @param commentStart where its mark stands
 * @returns that text, and where the comment's content starts
 */
export function commentAround(
  text: string,
  commentStart: number,
  { maxLength }: LiteralLimits,
): { text: string; from: number } {
  const from = Math.max(0, commentStart - maxLength);
  let start = lineStart(text, commentStart, from);
  if (markEnd(text, start) < 0) {
    const end = Math.max(commentEnd(text, commentStart), looseCommentEnd(text, commentStart));
    return { text: text.slice(0, end), from: commentStart + mark.exec(text.slice(commentStart, end))![0].length };
  }
  while (start > from) {
    const before = lineStart(text, beforeLineBreak(text, start), from);
    if (markEnd(text, before) < 0) {
      break;
    }
    start = before;
  }
  const marks: TextRange[] = [];
  let end = start;
  while (end < Math.min(text.length, commentStart + maxLength) && markEnd(text, end) >= 0) {
    marks.push([end, markEnd(text, end)]);
    end = skipLineBreak(text, lineEnd(text, end));
  }
  return { text: without(text.slice(0, end), marks), from: start };
}

/** Where the mark ends that the line at an offset starts with; -1 if it has none. */
function markEnd(text: string, start: number): number {
  const found = lineMark.exec(text.slice(start, lineEnd(text, start)));
  return found ? start + found[0].length : -1;
}
