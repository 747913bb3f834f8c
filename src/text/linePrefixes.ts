import { LiteralError } from '../tensor/errors';
import { linesFrom, without, type BareText } from './bareText';
import { lineStart } from './sourceLine';

const time = '\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d+)?';
const level = '(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|FATAL|CRITICAL)\\b';

/** What tools put before every line of what they print or quote; each pattern takes all of it. */
const prefixes: readonly RegExp[] = [
  // A diff, of one side.
  /[+-](?!- )/,
  // Comments: what is nothing else is read.
  /#+|\/{2,}|\/\*+|%+|;+|--(?= )/,
  // A quotation, Python's and other prompts, pytest's error lines, Markdown's lists, YAML's.
  />+|(?:>>>|\.\.\.|In|\$)(?= )|E(?= {3})|[*•-] /,
  // Logs: a rank or module in brackets, a date and time, a level, a name before a colon.
  new RegExp(
    `(?:\\s*(?:\\[[A-Za-z][^[\\](){},\\n]*\\]:?|\\[?\\d{4}-\\d\\d-\\d\\d(?:[T ]${time})?Z?\\]?|\\[?${time}\\]?|\\[?${level}\\]?:?|[-|:](?= )))+`,
  ),
  /[A-Za-z_][^\n:=,[\](){}]*:(?= )/,
];

/**
 * A selection without what stands before each of its lines: the `+` of a diff, a comment's `#`, a quotation's `>`, a prompt, a
 * log's date and level. The prefixes must be the same but for their digits.
 *
 * @param text  cut off where the selection ends
 * @param start where it starts
 * @returns undefined if its lines have no such prefix in common
 * @throws  LiteralError if it holds both sides of a diff
 */
export function withoutPrefixes(text: string, start: number): BareText | undefined {
  // The first line's may stand before the selection.
  const lines = linesFrom(text, lineStart(text, start, 0));
  for (const prefix of prefixes) {
    const own = new RegExp(`^[^\\S\\n]*(?:${prefix.source})`);
    const pieces: string[] = [];
    for (const [from, to] of lines) {
      const found = own.exec(text.slice(from, to));
      if (!found) {
        break;
      }
      pieces.push(found[0]);
    }
    if (pieces.length < lines.length) {
      continue;
    }
    const ends = lines.map(([from], i) => from + pieces[i].length);
    if (ends.every((end) => /[+-][\d.]/.test(text.slice(end - 1, end + 1)))) {
      continue; // The signs of numbers.
    }
    const kinds = new Set(pieces.map((piece) => piece.replace(/\d+/g, '0').trim()));
    if (kinds.size === 2 && kinds.has('+') && kinds.has('-')) {
      const reason = 'The selection holds removed and added lines of a diff: select those of one side.';
      throw new LiteralError('syntax', reason, start, text.length);
    }
    if (kinds.size === 1 || kinds.has('>>>')) {
      const blanks = lines.map(([from], i) => [from, ends[i]] as const);
      const [sample] = pieces;
      return { text: without(text, blanks), notes: [`“${sample.trim()}” before each line was left out.`] };
    }
  }
  return undefined;
}
