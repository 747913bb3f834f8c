import { linesFrom, only, type BareText, type TextRange } from './bareText';
import { NumberScanner } from './numberScanner';

/** What parts the cells of a line: borders, LaTeX's, tabs, commas but those of R's `[1,]`; the first that every line has. */
const separators = ['[|│┃║┆]', '&', '\\t', ',(?!\\d*\\])', ';'].map((separator) => ({
  separator: new RegExp(separator),
  cells: new RegExp(`(?:"[^"\\n]*"|(?!${separator})[^\\n])+`, 'g'),
}));
/** Cells between white space, where nothing else parts them. */
const words = /(?:"[^"\n]*"|\S)+/g;

/** Lines between rows, lines that stand for rows left out, and cells that do for columns. */
const rule = /^[\s|+\-=:_~─━═│┆┃║┼├┤┌┐└┘┬┴╞╡╪┏┓┗┛┳┻╋┣┫┡┩╇]*$/;
const dots = /^[\s|│┆:.…⋮⋱]*$/;
const dot = /\.\.|…|⋮/;
const cutCell = /^(?:\.{2,3}|…|⋯)$/;
/** What pandas and databases print below a table, Polars and Julia above it; with its shape, if that is told. */
const caption =
  /^\s*(?:\(\d+ rows?\)|(?:Name|Length|Freq): [^\n]*|dtype: \S+|\[(\d+) rows x (\d+) columns\]|shape: \((\d+), (\d+)\)|(\d+)×(\d+) [^\n]*:)\s*$/;
/** What LaTeX puts around and between rows, without the `\\` that ends one. */
const latex =
  /\\(?:begin|end)\{[^}\n]{1,40}\}(?:\{[^}\n]{0,80}\}|\[[^\]\n]{0,80}\])*|\\(?:hline|toprule|midrule|bottomrule)\b/g;
/** How R numbers the elements of a vector that it prints on several lines. */
const vectorLabel = /^\[\d+\]$/;

interface Row {
  readonly cells: readonly TextRange[];
  readonly numeric: readonly boolean[];
  /** Whether dots stand in place of some of its cells. */
  readonly hasCut: boolean;
}

/**
 * A selected table without its header, borders and the names or numbers of its rows: of a CSV file, of pandas, R, Julia or a
 * database, of Markdown, or a matrix of LaTeX.
 *
 * @param selected cut off where the selection ends
 * @param start    where it starts
 * @returns undefined if it is no table, or has no such things
 */
export function tableNumbers(selected: string, start: number): BareText | undefined {
  const blank = (piece: string) => ' '.repeat(piece.length);
  const text = selected.slice(0, start) + selected.slice(start).replaceAll(latex, blank).replaceAll('\\\\', ' \n');
  const lines = linesFrom(text, start).filter(([from, to]) => !rule.test(text.slice(from, to)));
  const captions = lines.map(([from, to]) => caption.exec(text.slice(from, to)));
  const isCut = ([from, to]: TextRange) => dots.test(text.slice(from, to)) && dot.test(text.slice(from, to));
  const body = lines.filter((line, i) => captions[i] === null && !isCut(line));
  const all = rowsOf(text, body);
  const headers = headerCount(text, all);
  const rows = all.slice(headers);
  if (rows.length === 0) {
    return undefined;
  }
  const header = all.slice(0, headers).findLast(({ cells }) => cells.length > 0);
  const isSeries = captions.some((found) => found?.[0].includes('dtype')) && rows[0].cells.length === 2;
  const hasLabels =
    rows.some(({ numeric }) => !numeric[0]) || isSeries || header?.cells.length === rows[0].cells.length - 1;
  const first = hasLabels ? 1 : 0;
  if (rows.some(({ numeric }) => numeric.length <= first || numeric.slice(first).includes(false))) {
    return undefined;
  }
  const isVector = hasLabels && rows.every(({ cells: [[from, to]] }) => vectorLabel.test(text.slice(from, to)));
  const numbers = only(
    text,
    start,
    rows.flatMap(({ cells }) => cells.slice(first)),
  );
  const isTruncated = lines.some(isCut) || all.some(({ hasCut }) => hasCut);
  const [statedShape] = captions
    .map((found) => found?.slice(1).filter(Boolean).map(Number) ?? [])
    .filter((size) => size.length > 0);
  return {
    text: isVector ? numbers.slice(0, start) + numbers.slice(start).replace(/[\r\n]/g, ' ') : numbers,
    notes: [
      ...(header ? [`The header was left out: ${quoted(text, header)}.`] : []),
      ...(hasLabels ? ['The first column names or numbers the rows and was left out.'] : []),
    ],
    ...(isTruncated && { truncated: { ...(statedShape && { statedShape }) } }),
  };
}

function rowsOf(text: string, lines: readonly TextRange[]): Row[] {
  const numbers = new NumberScanner(text);
  const separated = separators.find(({ separator }) =>
    lines.every(([from, to]) => separator.test(text.slice(from, to))),
  );
  const cell = separated?.cells ?? words;
  return lines.map(([from, to]) => {
    const all = Array.from(text.slice(from, to).matchAll(cell), (match) =>
      trimmed(match[0], from + match.index),
    ).filter(([start, end]) => end > start);
    const cells = all.filter(([start, end]) => !cutCell.test(text.slice(start, end)));
    return {
      cells,
      numeric: cells.map(([start, end]) => numbers.read(start) === end),
      hasCut: cells.length < all.length,
    };
  });
}

/** How many of the first lines name columns: those without numbers, or one with the numbers of the columns. */
function headerCount(text: string, rows: readonly Row[]): number {
  const count = rows.findIndex(({ numeric }) => numeric.slice(1).every(Boolean) && numeric.includes(true));
  if (count !== 0) {
    return count < 0 ? rows.length : count;
  }
  // As pandas numbers columns and rows that have no names.
  const isCounted = (cells: readonly TextRange[]) => {
    const counts = cells.map(([from, to]) => text.slice(from, to));
    return counts[0] === '0' && counts.every((count, i) => /^\d+$/.test(count) && Number(count) >= i);
  };
  const others = rows.slice(1);
  const cols = rows[0].cells.length;
  return cols > 0 &&
    isCounted(rows[0].cells) &&
    isCounted(others.map(({ cells }) => cells[0])) &&
    others.every(({ cells }) => cells.length === cols + 1)
    ? 1
    : 0;
}

/** A cell without the white space and quotes around it. */
function trimmed(cell: string, start: number): TextRange {
  const lead = /^\s*["']?/.exec(cell)![0].length;
  return [start + lead, Math.max(start + lead, start + cell.trimEnd().replace(/["']$/, '').length)];
}

function quoted(text: string, { cells }: Row): string {
  return `“${text.slice(cells[0][0], cells[cells.length - 1][1]).replace(/\s+/g, ' ')}”`;
}
