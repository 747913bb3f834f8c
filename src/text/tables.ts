import { counted } from '../tensor/formatCount';
import type { ArrayLiteral } from './arrayLiteral';
import { linesFrom, only, type BareText, type TextRange } from './bareText';
import { RowList } from './rowList';
import { lineStart } from './sourceLine';
import { tableRows, type Cell, type TableRow } from './tableRows';
import { lineEnd } from './trivia';
import { unwrapped } from './wrappedTable';

/** Lines between rows, and lines that stand for rows left out. */
const rule = /^[\s|+\-=:_~─━═│┆┃║┼├┤┌┐└┘┬┴╞╡╪┏┓┗┛┳┻╋┣┫┡┩╇]*$/;
const dots = /^[\s|│┆:.…⋮⋱]*$/;
const dot = /\.\.|…|⋮/;
/** What pandas and databases print below a table, Polars, Julia and MATLAB above it; with its shape, if that is told. */
const caption =
  /^\s*(?:\(\d+ rows?\)|(?:Name|Length|Freq): [^\n]*|dtype: \S+|\[(\d+) rows x (\d+) columns\]|shape: \((\d+), (\d+)\)|(\d+)×(\d+) [^\n]*:|(\d+)-element [^\n]*:|[A-Za-z]\w* +=)\s*$/;
/** What LaTeX puts around and between rows, without the `\\` that ends one. */
const latex =
  /\\(?:begin|end)\{[^}\n]{1,40}\}(?:\{[^}\n]{0,80}\}|\[[^\]\n]{0,80}\])*|\\(?:hline|toprule|midrule|bottomrule)\b/g;
/** How R numbers the elements of a vector that it prints on several lines. */
const vectorLabel = /^\[\d+\]$/;
/** The start of a sum of money, whose commas part no cells. */
const money = /^[-+]?[$€£¥]\s?\d/;

/**
 * A selected table without its header, borders and the names or numbers of its rows: of a CSV file, of pandas, R, Julia or a
 * database, of Markdown, or a matrix of LaTeX. A missing cell is NaN, as in a dump of such a file.
 *
 * @param selected cut off where the selection ends
 * @param start    where it starts
 * @returns undefined if it is no table of two numbers or more
 */
export function tableNumbers(selected: string, start: number): BareText | undefined {
  const blank = (piece: string) => ' '.repeat(piece.length);
  const text = selected.slice(0, start) + selected.slice(start).replaceAll(latex, blank).replaceAll('\\\\', ' \n');
  const own = lineStart(text, start, 0);
  // What indents the first line may stand before the selection.
  const lines = linesFrom(text, text.slice(own, start).trim() === '' ? own : start).filter(
    ([from, to]) => !rule.test(text.slice(from, to)),
  );
  const captions = lines.map(([from, to]) => caption.exec(text.slice(from, to)));
  const isCut = ([from, to]: TextRange) => dots.test(text.slice(from, to)) && dot.test(text.slice(from, to));
  const body = lines.filter((line, i) => captions[i] === null && !isCut(line));
  const shown = tableRows(text, body);
  const all = unwrapped(
    text,
    shown.filter(({ cells }) => cells.length > 0),
    isData,
  );
  const headers = all.slice(0, headerCount(text, all));
  const rows = all.slice(headers.length);
  const isSeries = captions.some((found) => found?.[0].includes('dtype')) && rows.at(0)?.cells.length === 2;
  const hasLabels = isSeries || rows.some(({ cells: [label] }) => label.kind === 'text') || nameLabels(headers, rows);
  const labels = hasLabels ? rows.map(({ cells: [label] }) => text.slice(...label.range)) : [];
  const numbers = withoutBlanks(headers, rows).map((cells) => cells.slice(labels.length > 0 ? 1 : 0));
  const isVector = hasLabels && labels.every((label) => vectorLabel.test(label));
  const flat = numbers.flat();
  if (
    flat.length < 2 ||
    numbers.some(({ length }) => length === 0 || (!isVector && length !== numbers[0].length)) ||
    flat.some(({ kind }) => kind === 'text') ||
    labels.some((label) => money.test(label))
  ) {
    return undefined;
  }
  const isTruncated = lines.some(isCut) || shown.some(({ hasCut }) => hasCut);
  const [statedShape] = captions
    .map((found) => found?.slice(1).filter(Boolean).map(Number) ?? [])
    .filter((size) => size.length > 0);
  const { notes = [], ...array } = arrayOf(text, numbers, isVector);
  const ranges = flat.filter((cell) => !isBlank(cell)).map(({ range }) => range);
  return {
    text: only(
      text,
      start,
      ranges.toSorted(([a], [b]) => a - b),
    ),
    array,
    notes: [...notesOn(text, headers, hasLabels), ...notes, ...notesOnCells(flat)],
    ...(isTruncated && { truncated: { ...(statedShape && { statedShape }) } }),
  };
}

/** Whether a row holds numbers, behind its label if it has one. */
function isData({ cells }: TableRow): boolean {
  return (
    cells.slice(1).every(({ kind }) => kind !== 'text') && cells.some((cell) => cell.kind !== 'text' && !isBlank(cell))
  );
}

/** How many of the first lines name columns: those without numbers, or one with the numbers of the columns. */
function headerCount(text: string, rows: readonly TableRow[]): number {
  const count = rows.findIndex(isData);
  if (count !== 0) {
    return count < 0 ? rows.length : count;
  }
  // As pandas numbers columns and rows that have no names.
  const isCounted = (cells: readonly Cell[]) => {
    const counts = cells.map(({ range }) => text.slice(...range));
    return counts[0] === '0' && counts.every((number, i) => /^\d+$/.test(number) && Number(number) >= i);
  };
  const others = rows.slice(1);
  const cols = rows[0].cells.length;
  return isCounted(rows[0].cells) &&
    isCounted(others.map(({ cells }) => cells[0])) &&
    others.every(({ cells }) => cells.length === cols + 1)
    ? 1
    : 0;
}

/** Whether headers tell that the first column holds names: they have one name less, or none for it. */
function nameLabels(headers: readonly TableRow[], rows: readonly TableRow[]): boolean {
  const cols = rows.at(0)?.cells.length;
  const isNamed = rows.some(({ cells }) => !isBlank(cells[0]));
  // pandas puts the name of its index on a line below those of the columns.
  return headers
    .slice(-2)
    .some(
      ({ cells }) =>
        cells.length > 0 && (cells.length + 1 === cols || (cells.length === cols && isNamed && isBlank(cells[0]))),
    );
}

/** The cells of all rows but those of columns that have neither a name nor a value, as a comma at the end of each line makes. */
function withoutBlanks(headers: readonly TableRow[], rows: readonly TableRow[]): (readonly Cell[])[] {
  const named = headers.at(-1)?.cells ?? [];
  const hasValue = (i: number) => rows.some(({ cells }) => !isBlank(cells.at(i)));
  return rows.map(({ cells }) =>
    cells.filter((_, i) => (named.length > 0 ? !isBlank(named.at(i)) : i < cells.length - 1) || hasValue(i)),
  );
}

function isBlank(cell: Cell | undefined): boolean {
  return cell !== undefined && cell.range[0] === cell.range[1];
}

/** A row stands where its first line does. */
function arrayOf(text: string, rows: readonly (readonly Cell[])[], isVector: boolean): ArrayLiteral {
  const list = new RowList();
  for (const cells of rows) {
    const end = lineEnd(text, cells[0].range[0]);
    for (const { value, range } of cells) {
      list.push(value, Math.min(range[0], end), Math.min(range[1], end));
    }
    if (!isVector) {
      list.endRow();
    }
  }
  return { start: rows[0][0].range[0], end: list.rowEnd, ...(isVector ? list.vector() : list.array()) };
}

function notesOn(text: string, headers: readonly TableRow[], hasLabels: boolean): string[] {
  const header = headers.findLast(({ cells }) => cells.length > 0)?.cells;
  const line = header && text.slice(header[0].range[0], header[header.length - 1].range[1]);
  const words = line?.includes('\n')
    ? header?.map(({ range }) => text.slice(...range)).join(' ')
    : line?.replace(/\s+/g, ' ');
  return [
    ...(words ? [`The header was left out: “${words}”.`] : []),
    ...(hasLabels ? ['The first column names or numbers the rows and was left out.'] : []),
  ];
}

function notesOnCells(cells: readonly Cell[]): string[] {
  const missing = cells.filter(({ kind }) => kind === 'missing').length;
  return [
    ...(missing > 0 ? [`${counted(missing, 'value')} ${missing === 1 ? 'is' : 'are'} missing: NaN stands there.`] : []),
    ...(cells.some(({ kind }) => kind === 'percentage')
      ? ['Percentages are read as the numbers before the sign.']
      : []),
  ];
}
