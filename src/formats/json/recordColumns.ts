import { FormatError, LimitError } from '../../tensor/errors';
import { elementCount, formatShape, type Shape } from '../../tensor/shape';
import type { TensorRef } from '../dump';
import { memoryTensor } from '../memoryTensor';
import { quote } from '../quote';
import { maxDepth, nestedNumbers } from './nestedNumbers';
import { isRecord } from './parseJson';

/** Numbers that all columns hold together, at the most: 256 MiB of float64. */
const maxCells = 1 << 25;

/** What the records say under one key. */
class Column {
  /** Of the value in each record; undefined until there is one. */
  shape: Shape | undefined;
  /** The values of the records that have the key, and which records those are. */
  readonly values: number[] = [];
  readonly records: number[] = [];
  areBooleans = true;
  nulls = 0;
  /** Why it is no tensor. */
  fault: string | undefined;
}

/**
 * Collects objects of the same kind, such as the lines of a training log, into one tensor per key whose first axis is the
 * record. Objects inside objects join their keys by dots.
 */
export class RecordColumns {
  private readonly columns = new Map<string, Column>();
  private records = 0;
  private stored = 0;

  /**
   * @param format for messages
   * @param prefix of every tensor's name, with its dot, or ""
   */
  constructor(
    private readonly format: string,
    private readonly prefix: string,
  ) {}

  /**
   * Adds the next record; a list or a number in place of an object goes to the column "".
   *
   * @throws LimitError if all records together hold too many numbers
   */
  add(record: unknown): void {
    this.addValue('', record, 0);
    this.records++;
  }

  private addValue(key: string, value: unknown, depth: number): void {
    if (isRecord(value) && depth < maxDepth) {
      for (const [name, member] of Object.entries(value)) {
        this.addValue(key === '' ? name : `${key}.${name}`, member, depth + 1);
      }
      return;
    }
    let column = this.columns.get(key);
    if (column === undefined) {
      column = new Column();
      this.columns.set(key, column);
    }
    if (column.fault === undefined) {
      this.append(column, key, value);
    }
  }

  private append(column: Column, key: string, value: unknown): void {
    if (value === null) {
      return; // As if the key were missing: it does not tell of what shape the values are that it stands for.
    }
    const before = column.values.length;
    try {
      const { shape, values, areBooleans, nulls } = nestedNumbers(value, quote(key));
      if (column.shape !== undefined && formatShape(shape) !== formatShape(column.shape)) {
        column.fault = `its shapes ${formatShape(column.shape)} and ${formatShape(shape)} differ`;
      }
      column.shape ??= shape;
      column.areBooleans &&= areBooleans;
      column.nulls += nulls;
      for (const number of values) {
        column.values.push(number);
      }
      column.records.push(this.records);
    } catch (error) {
      if (!(error instanceof FormatError)) {
        throw error;
      }
      column.fault = `record ${this.records + 1}: ${error.reason}`;
    }
    if (column.fault !== undefined) {
      column.values.length = 0;
    }
    this.stored += column.values.length - before;
    this.checkCells(this.stored);
  }

  /**
   * The columns as tensors of shape (records, …): float64, or bool where all values are true or false. Where a record does not
   * have the key the tensor holds NaN.
   *
   * @param notes takes a sentence for each column that is left out or has gaps
   * @throws LimitError if the tensors would be too large
   */
  tensors(notes: string[]): TensorRef[] {
    const refs: TensorRef[] = [];
    let cells = 0;
    for (const [key, column] of this.columns) {
      const { shape = [], records, fault } = column;
      const name = this.prefix + key;
      if (fault !== undefined) {
        notes.push(`${quote(name)} is not shown: ${fault}.`);
        continue;
      }
      cells += this.records * elementCount(shape);
      this.checkCells(cells);
      const gaps = this.records - records.length;
      if (gaps > 0 || column.nulls > 0) {
        notes.push(`${quote(name)} is missing or null in some of the ${this.records} records; NaN stands there.`);
      }
      const dtype = column.areBooleans && gaps === 0 && records.length > 0 ? 'bool' : 'float64';
      const values = dense(column, shape, this.records);
      const present = new Uint8Array(this.records);
      records.forEach((record) => (present[record] = 1));
      const perRecord = elementCount(shape);
      refs.push(
        memoryTensor(
          {
            name,
            dtype,
            shape: [this.records, ...shape],
            values: dtype === 'bool' ? Uint8Array.from(values) : values,
          },
          { isLog: true, isMissing: (position) => present[Math.floor(position / perRecord)] === 0 },
        ),
      );
    }
    return refs;
  }

  private checkCells(cells: number): void {
    if (cells > maxCells) {
      throw new LimitError(`${this.format}: the records hold more than ${maxCells} numbers.`, {
        advice: 'Save arrays of this size as .npy or .safetensors.',
      });
    }
  }
}

function dense(column: Column, shape: Shape, records: number): Float64Array {
  const size = elementCount(shape);
  const values = new Float64Array(records * size).fill(NaN);
  column.records.forEach((record, i) => {
    for (let k = 0; k < size; k++) {
      values[record * size + k] = column.values[i * size + k];
    }
  });
  return values;
}
