import { LiteralError } from '../tensor/errors';
import { counted } from '../tensor/formatCount';
import type { ArrayLiteral } from './arrayLiteral';
import { NumberList } from './numberList';

/** The rows of a matrix as they are read, each of as many numbers as the first. */
export class RowList {
  private readonly values = new NumberList();
  private readonly offsets: number[] = [];
  /** Numbers in every row; 0 before the first has ended. */
  private cols = 0;
  private rowStart = 0;
  /** Where the number read last ends. */
  rowEnd = 0;
  /** Numbers so far in the row that is being read. */
  private count = 0;

  /** How many rows have ended. */
  get length(): number {
    return this.offsets.length / 2;
  }

  /** Whether a row has begun and not ended. */
  get isRowOpen(): boolean {
    return this.count > 0;
  }

  /** Whether the row at hand has fewer numbers than those before. */
  get isShorter(): boolean {
    return this.count < this.cols;
  }

  /** A number of the row at hand stands at start..end. */
  push(value: number, start: number, end: number): void {
    this.rowStart = this.count === 0 ? start : this.rowStart;
    this.rowEnd = end;
    this.values.push(value);
    this.count++;
  }

  /**
   * The row at hand ends, if one has begun.
   *
   * @throws LiteralError `ragged` if it is longer or shorter than those before
   */
  endRow(): void {
    const { count, cols, rowStart, rowEnd } = this;
    if (count === 0) {
      return;
    }
    if (cols !== 0 && count !== cols) {
      throw new LiteralError(
        'ragged',
        `Row ${this.length} has ${counted(count, 'number')}, the rows before it have ${cols}.`,
        rowStart,
        rowEnd,
      );
    }
    this.offsets.push(rowStart, rowEnd);
    this.cols = count;
    this.count = 0;
  }

  /** All rows that have ended: a vector if they are one row or one column, else a matrix. */
  array(): Pick<ArrayLiteral, 'shape' | 'values' | 'rowOffsets' | 'notes'> {
    const rows = this.length;
    if (rows > 1 && this.cols > 1) {
      return this.matrix();
    }
    return { ...this.vector(), ...(rows > 1 && { notes: ['The column of numbers is read as one row.'] }) };
  }

  /** All rows that have ended as one matrix. */
  matrix(): Pick<ArrayLiteral, 'shape' | 'values' | 'rowOffsets'> {
    return {
      shape: [this.length, this.cols],
      values: this.values.toArray(),
      rowOffsets: new Uint32Array(this.offsets),
    };
  }

  /** All numbers as one row, also those of a row that has not ended. */
  vector(): Pick<ArrayLiteral, 'shape' | 'values' | 'rowOffsets'> {
    const values = this.values.toArray();
    return {
      shape: [values.length],
      values,
      rowOffsets: Uint32Array.of(this.offsets[0] ?? this.rowStart, this.rowEnd),
    };
  }
}
