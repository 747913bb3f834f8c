import type { Geometry } from './geometry';
import { takeRows } from './rowValues';

/**
 * Values of the shape of x, brought row by row, (rows, cols); the array itself where they lie so already.
 *
 * @param rowNumbers the rows that are wanted, ascending; all unless given
 */
export function inRowOrder(geometry: Geometry, values: Float64Array, rowNumbers?: ArrayLike<number>): Float64Array {
  const { scattered, rows, cols } = geometry;
  if (scattered === undefined) {
    return rowNumbers ? takeRows(values, geometry, rowNumbers) : values;
  }
  const count = rowNumbers?.length ?? rows;
  const ordered = new Float64Array(count * cols);
  for (let r = 0, i = 0; r < count; r++) {
    const start = scattered.row[rowNumbers ? rowNumbers[r] : r];
    for (let c = 0; c < cols; c++, i++) {
      ordered[i] = values[start + scattered.col[c]];
    }
  }
  return ordered;
}

/** The inverse: values that lie row by row, brought into the C order of x. */
export function inCOrder({ scattered, rows, cols }: Geometry, values: Float64Array): Float64Array {
  if (scattered === undefined) {
    return values;
  }
  const ordered = new Float64Array(rows * cols);
  for (let r = 0, i = 0; r < rows; r++) {
    for (let c = 0; c < cols; c++, i++) {
      ordered[scattered.row[r] + scattered.col[c]] = values[i];
    }
  }
  return ordered;
}

/** Position in x, in C order, of what stands at `position` row by row. */
export function positionInX({ scattered, cols }: Geometry, position: number): number {
  return scattered === undefined
    ? position
    : scattered.row[Math.floor(position / cols)] + scattered.col[position % cols];
}

/** The row that holds what stands at `position` of x, in C order. */
export function rowAt({ scattered, cols }: Geometry, position: number): number {
  return scattered === undefined
    ? Math.floor(position / cols)
    : scattered.row.findIndex((start) => scattered.col.includes(position - start));
}
