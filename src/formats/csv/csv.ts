import { FormatError, LimitError } from '../../tensor/errors';
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
  readonly name: string;
  readonly values: number[];
  /** Rows that have none. */
  readonly missing: number[];
  /** Where text stands in it, which makes it no column of numbers. */
  text: string | undefined;
}

/**
 * Opens a table in text, .csv or .tsv: one float64 tensor of its rows and those of its columns that hold numbers. The first
 * record names the columns unless all of it is numbers. Missing cells are NaN.
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
  const isHeader = cells.some((cell) => cellNumber(cell) === undefined);
  const columns: Column[] = cells.map((cell, i) => ({
    name: isHeader ? cell.trim() : String(i),
    values: [],
    missing: [],
    text: undefined,
  }));
  let rows = 0;
  const add = (record: CsvRecord) => {
    addRecord(columns, record);
    if (++rows * columns.length > maxCells) {
      throw new LimitError(`csv: the table has more than ${maxCells} cells.`, {
        advice: 'Save tables of this size as .npy or .safetensors.',
      });
    }
  };
  if (!isHeader) {
    add(first.value);
  }
  for await (const record of records) {
    add(record);
  }
  const numeric = columns.filter(({ text }) => text === undefined);
  if (numeric.length === 0) {
    throw new FormatError('csv', `no column holds numbers: ${columns[0].text}`);
  }
  const missing = new Uint8Array(rows * numeric.length);
  numeric.forEach((column, c) => column.missing.forEach((row) => (missing[row * numeric.length + c] = 1)));
  const tensor = {
    name: fileName.replace(/\.[^.]*$/, ''),
    dtype: 'float64',
    shape: [rows, numeric.length],
    values: rowMajor(numeric, rows),
  } as const;
  const metadata: Record<string, string> = isHeader ? { columns: numeric.map(({ name }) => name).join(', ') } : {};
  return {
    format: 'csv',
    metadata,
    tensors: [memoryTensor(tensor, { isMissing: (position) => missing[position] === 1 })],
    notes: notesOn(columns),
  };
}

function addRecord(columns: readonly Column[], { cells, line }: CsvRecord): void {
  if (cells.length !== columns.length) {
    throw new FormatError('csv', `line ${line} has ${cells.length} cells, expected ${columns.length}`);
  }
  cells.forEach((cell, i) => {
    const column = columns[i];
    if (column.text !== undefined) {
      return;
    }
    const number = cellNumber(cell);
    if (number === undefined) {
      column.text = `${quote(cell)} stands on line ${line} of column ${i + 1}`;
      column.values.length = 0;
      return;
    }
    if (isMissing(cell)) {
      column.missing.push(column.values.length);
    }
    column.values.push(number);
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

function notesOn(columns: readonly Column[]): string[] {
  return columns.flatMap(({ name, text, missing }) => {
    if (text !== undefined) {
      return [`The column ${quote(name)} is left out: ${text}.`];
    }
    return missing.length > 0 ? [`The column ${quote(name)} lacks ${missing.length} values; NaN stands there.`] : [];
  });
}
