import { FormatError } from '../../tensor/errors';
import type { TextLine } from '../textLines';

/** A quoted cell of more lines than this is a quote that was never closed. */
const maxQuotedLength = 1 << 20;

/** A row of cells, without their quotes. */
export interface CsvRecord {
  readonly cells: readonly string[];
  /** Of its first line, counted from 1. */
  readonly line: number;
}

/**
 * Parts the lines of a table into records (RFC 4180: cells in double quotes may hold delimiters, line breaks and doubled
 * quotes). Blank lines are skipped. The delimiter is taken from the first record: tab, semicolon or comma, whichever it has
 * most of; semicolons where it is numbers with decimal commas.
 *
 * @param delimiter where it is known beforehand, as in .tsv
 * @throws FormatError if a quote is never closed, or text stands behind a closing quote
 */
export async function* csvRecords(
  lines: AsyncIterable<TextLine>,
  delimiter: string | undefined,
): AsyncGenerator<CsvRecord> {
  let open: { text: string; line: number } | undefined;
  for await (const { text: line, number } of lines) {
    const text = open === undefined ? line : `${open.text}\n${line}`;
    const start = open?.line ?? number;
    if (quotes(text) % 2 === 1) {
      open = { text, line: start };
      if (text.length > maxQuotedLength) {
        break;
      }
      continue;
    }
    open = undefined;
    if (text.trim() === '') {
      continue;
    }
    delimiter ??= likelyDelimiter(text);
    yield { cells: cellsOf(text, delimiter, start), line: start };
  }
  if (open !== undefined) {
    throw new FormatError('csv', `the quote opened on line ${open.line} is never closed`);
  }
}

function quotes(text: string): number {
  let count = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) {
    count++;
  }
  return count;
}

/** `1,5;2,5`: such numbers are refused by the name of their column; parted at the commas they would be others. */
const decimalCommas = /^\s*[+-]?\d+(?:,\d+)?\s*(?:;\s*[+-]?\d+(?:,\d+)?\s*)+$/;

function likelyDelimiter(record: string): string {
  const unquoted = record.replace(/"[^"]*"/g, '');
  if (decimalCommas.test(unquoted)) {
    return ';';
  }
  const count = (delimiter: string) => unquoted.split(delimiter).length;
  // On a tie the rarer one in texts is the delimiter.
  return ['\t', ';', ','].reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
}

function cellsOf(text: string, delimiter: string, line: number): string[] {
  if (!text.includes('"')) {
    return text.split(delimiter);
  }
  const cells: string[] = [];
  for (let at = 0; at <= text.length; at++) {
    if (text[at] !== '"') {
      const end = text.indexOf(delimiter, at);
      cells.push(text.slice(at, end < 0 ? text.length : end));
      at = end < 0 ? text.length : end;
      continue;
    }
    const end = closingQuote(text, at);
    cells.push(text.slice(at + 1, end).replaceAll('""', '"'));
    at = end + 1;
    if (at < text.length && text[at] !== delimiter) {
      throw new FormatError('csv', `line ${line}: cell ${cells.length} goes on behind its closing quote`);
    }
  }
  return cells;
}

/** The quote that ends the cell opened at `start`; two in a row stand for one. The number of quotes is even. */
function closingQuote(text: string, start: number): number {
  let at = text.indexOf('"', start + 1);
  while (at >= 0 && text[at + 1] === '"') {
    at = text.indexOf('"', at + 2);
  }
  return at < 0 ? text.length : at;
}
