import { FormatError, LimitError } from '../../tensor/errors';
import { counted } from '../../tensor/formatCount';
import { isMissing } from '../../tensor/missingValue';
import type { ByteSource } from '../byteSource';
import type { Dump } from '../dump';
import { memoryTensor } from '../memoryTensor';
import { quote } from '../quote';
import { textLines } from '../textLines';
import { cellNumber } from './cellNumber';
import { csvRecords, type CsvRecord } from './csvRecords';

/** Numbers in a table, at the most: 256 MiB of float64. */
const maxCells = 1 << 25;

/** A column as far as it has been read. */
interface Column {
  readonly values: number[];
  /** Records without a value, counted from the first of the file, be it names or values. */
  readonly missing: number[];
  /** Why it is none of numbers, such as where text stands in it. */
  fault: string | undefined;
}

/**
 * Opens a table in text, .csv or .tsv: one float64 tensor of its rows and those of its columns that hold numbers. The first
 * record may name the columns. Missing cells are NaN. The row numbers that pandas writes in front are left out.
 *
 * @throws FormatError if the records are not of one length, or no column holds numbers
 * @throws LimitError if there are more numbers than fit
 */
export async function openCsv(source: ByteSource, fileName: string, signal?: AbortSignal): Promise<Dump> {
  const delimiter = /\.tsv$/i.test(fileName) ? '\t' : undefined;
  const records = csvRecords(textLines(source, 'csv', signal), delimiter);
  const first = await records.next();
  if (first.done) {
    throw new FormatError('csv', 'the file is empty');
  }
  const { cells } = first.value;
  const columns: Column[] = cells.map(() => ({ values: [], missing: [], fault: undefined }));
  let rows = 0;
  for await (const record of records) {
    addRecord(columns, record, 'push');
    if (++rows * columns.length > maxCells) {
      throw new LimitError(`csv: the table has more than ${maxCells} cells.`, {
        advice: 'Save tables of this size as .npy or .safetensors.',
      });
    }
  }
  // Only what stands below tells a name from a text among the values.
  const isHeader = namesColumns(cells, columns);
  if (!isHeader) {
    addRecord(columns, first.value, 'unshift');
    rows++;
  } else if (cells[0].trim() === '' && columns[0].values.every((value, row) => value === row)) {
    columns[0].fault = 'it counts the rows';
  }
  const named = columns.map((column, i) => ({ ...column, name: isHeader ? cells[i].trim() : String(i) }));
  const numeric = named.filter(({ fault }) => fault === undefined);
  if (numeric.length === 0) {
    throw new FormatError('csv', `no column holds numbers: ${columns.at(-1)?.fault}`);
  }
  const tensor = {
    name: fileName.replace(/\.[^.]*$/, ''),
    dtype: 'float64',
    shape: [rows, numeric.length],
    values: rowMajor(numeric, rows),
  } as const;
  const metadata: Record<string, string> = isHeader ? { columns: numeric.map(({ name }) => name).join(', ') } : {};
  const missing = missingMask(numeric, rows, isHeader ? 1 : 0);
  return {
    format: 'csv',
    metadata,
    tensors: [memoryTensor(tensor, { isMissing: (position) => missing[position] === 1 })],
    notes: named.flatMap(noteOn),
  };
}

/**
 * Whether the cells of the first record name the columns: one of them is text over numbers, or all are text, or they count
 * the columns from 0, as pandas names those that have no names.
 */
function namesColumns(cells: readonly string[], columns: readonly Column[]): boolean {
  const numbers = cells.map(cellNumber);
  const isText = numbers.map((number) => number === undefined);
  const [corner, ...labels] = numbers;
  const counts = labels.length > 0 && labels.every((label, i) => label === i);
  return (
    isText.every(Boolean) ||
    isText.some((text, i) => text && columns[i].fault === undefined) ||
    (counts && (isMissing(cells[0]) || (corner === undefined && labels.length > 1)))
  );
}

/** @param put at which end of the columns */
function addRecord(columns: readonly Column[], { cells, line }: CsvRecord, put: 'push' | 'unshift'): void {
  if (cells.length !== columns.length) {
    throw new FormatError('csv', `line ${line} has ${counted(cells.length, 'cell')}, expected ${columns.length}`);
  }
  cells.forEach((cell, i) => {
    const column = columns[i];
    if (column.fault !== undefined) {
      return;
    }
    const number = cellNumber(cell);
    if (number === undefined) {
      column.fault = `${quote(cell)} stands on line ${line} of column ${i + 1}`;
      column.values.length = 0;
      return;
    }
    if (isMissing(cell)) {
      column.missing.push(put === 'push' ? column.values.length + 1 : 0);
    }
    column.values[put](number);
  });
}

function rowMajor(columns: readonly Column[], rows: number): Float64Array {
  const values = new Float64Array(rows * columns.length);
  columns.forEach((column, c) => {
    for (let row = 0; row < rows; row++) {
      values[row * columns.length + c] = column.values[row];
    }
  });
  return values;
}

/** @param firstRow the record that is row 0 */
function missingMask(columns: readonly Column[], rows: number, firstRow: 0 | 1): Uint8Array {
  const mask = new Uint8Array(rows * columns.length);
  columns.forEach(({ missing }, c) => {
    for (const record of missing) {
      mask[(record - firstRow) * columns.length + c] = 1;
    }
  });
  return mask;
}

function noteOn({ name, fault, missing }: Column & { readonly name: string }): string[] {
  if (fault !== undefined) {
    return [`The column ${quote(name)} is left out: ${fault}.`];
  }
  const lacking = counted(missing.length, 'value');
  return missing.length > 0 ? [`The column ${quote(name)} lacks ${lacking}; NaN stands there.`] : [];
}
