import type { ArrayLiteral, Truncation } from './arrayLiteral';
import { lineEnd, skipLineBreak } from './trivia';

/** Start and end of a piece of text. */
export type TextRange = readonly [start: number, end: number];

/** A text in which all but the numbers was overwritten with spaces, so that each still stands where it stood. */
export interface BareText {
  readonly text: string;
  /** The array of those numbers, where lines and white space between them do not tell it. */
  readonly array?: ArrayLiteral;
  /** What was overwritten, a sentence each, for the person whose selection it is. */
  readonly notes: readonly string[];
  /** Present where the text says that rows are left out. */
  readonly truncated?: Truncation;
}

/** Every line of a text from an offset on that is not blank. */
export function linesFrom(text: string, start: number): TextRange[] {
  const lines: TextRange[] = [];
  for (let at = start; at < text.length;) {
    const end = lineEnd(text, at);
    if (text.slice(at, end).trim() !== '') {
      lines.push([at, end]);
    }
    at = skipLineBreak(text, end);
  }
  return lines;
}

/** The text with spaces in place of these ranges, which stand in order; line ends stay. */
export function without(text: string, ranges: readonly TextRange[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const [start, end] of ranges) {
    parts.push(text.slice(at, start), text.slice(start, end).replace(/[^\r\n]/g, ' '));
    at = end;
  }
  return parts.join('') + text.slice(at);
}

/** The text with spaces in place of all from an offset on but these ranges, which stand in order; line ends stay. */
export function only(text: string, start: number, ranges: readonly TextRange[]): string {
  const ends = [start, ...ranges.map(([, end]) => end)];
  const starts = [...ranges.map(([from]) => from), text.length];
  return without(
    text,
    ends.map((end, i) => [end, starts[i]]),
  );
}
