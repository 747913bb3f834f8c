import { isMissing } from '../tensor/missingValue';
import type { TextRange } from './bareText';
import { NumberScanner } from './numberScanner';

/** A cell without the white space, quotes and percent sign around it. */
export interface Cell {
  readonly range: TextRange;
  readonly kind: 'number' | 'percentage' | 'missing' | 'text';
  /** NaN unless it is a number. */
  readonly value: number;
}

/** A line of a table. */
export interface TableRow {
  readonly cells: readonly Cell[];
  /** Whether dots stand in place of some of its cells. */
  readonly hasCut: boolean;
}

const borders = '[|│┃║┆]';
/** What parts the cells of a line: borders, LaTeX's, tabs, commas but those of R's `[1,]`; the first that every line has. */
const separators = [borders, '&', '\\t', ',(?!\\d*\\])', ';'].map((separator) => ({
  separator: new RegExp(separator),
  cell: new RegExp(`(?<=^|${separator})(?:"[^"\\n]*"|(?!${separator})[^\\n])*`, 'g'),
  // A tab before every line indents it.
  mayFrame: separator === borders || separator === '\\t',
}));
/** Cells between white space, where nothing else parts them; a date and its time are one. */
const words = /(?:"[^"\n]*"|\b\d{4}-\d\d-\d\d \d\d:\d\d|\S)+/g;

const cutCell = /^(?:\.{2,3}|…|⋯)$/;

/**
 * The lines of a table as rows of cells, an empty one between two separators included; where white space parts them, none
 * is empty.
 *
 * @param lines the lines that are rows or name columns
 */
export function tableRows(text: string, lines: readonly TextRange[]): TableRow[] {
  const numbers = new NumberScanner(text);
  const separated = separators.find(({ separator }) =>
    lines.every(([from, to]) => separator.test(text.slice(from, to))),
  );
  const ranges = lines.map(([from, to]) =>
    Array.from(text.slice(from, to).matchAll(separated?.cell ?? words), (match) =>
      trimmed(match[0], from + match.index),
    ),
  );
  const isEmpty = (range: TextRange | undefined) => range === undefined || range[0] === range[1];
  const [first, last] = [0, -1].map((side) => separated?.mayFrame && ranges.every((row) => isEmpty(row.at(side))));
  return ranges.map((row) => {
    const inside = row.slice(first ? 1 : 0, last ? -1 : undefined);
    const shown = inside.filter(([from, to]) => !cutCell.test(text.slice(from, to)));
    return { cells: shown.map((range) => cellAt(text, range, numbers)), hasCut: shown.length < inside.length };
  });
}

function cellAt(text: string, range: TextRange, numbers: NumberScanner): Cell {
  const [start, end] = range;
  if (isMissing(text.slice(start, end))) {
    return { range, kind: 'missing', value: NaN };
  }
  const numberEnd = numbers.read(start);
  if (numberEnd === end) {
    return { range, kind: 'number', value: numbers.value };
  }
  return numberEnd > start && /^\s*%$/.test(text.slice(numberEnd, end))
    ? { range: [start, numberEnd], kind: 'percentage', value: numbers.value }
    : { range, kind: 'text', value: NaN };
}

function trimmed(cell: string, start: number): TextRange {
  const lead = /^\s*["']?/.exec(cell)![0].length;
  return [start + lead, Math.max(start + lead, start + cell.trimEnd().replace(/["']$/, '').length)];
}
