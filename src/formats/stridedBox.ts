import type { Shape } from '../tensor/shape';

/** One axis of an array in a file. */
export interface StridedAxis {
  /** Elements along it. */
  readonly length: number;
  /** Bytes from one element to the next. */
  readonly stride: number;
}

/** A block of a strided array, to be read in C order: the last axis fastest. */
export interface StridedBox {
  /** Of its first element. */
  readonly byteOffset: number;
  readonly axes: readonly StridedAxis[];
}

/** The same elements in the same order with as few axes as possible: one for a C-order array, none for a single element. */
export function mergeAxes(shape: Shape, strides: readonly number[]): StridedAxis[] {
  const merged: StridedAxis[] = [];
  for (let axis = 0; axis < shape.length; axis++) {
    const length = shape[axis];
    const stride = strides[axis];
    const outer = merged.at(-1);
    if (outer?.stride === length * stride) {
      merged[merged.length - 1] = { length: outer.length * length, stride };
    } else if (length !== 1) {
      merged.push({ length, stride });
    }
  }
  return merged;
}

/**
 * Cuts the elements from `start` up to `end`, counted in C order, into boxes that follow each other in C order: the rest of
 * a first row, whole rows, the beginning of a last one, at every level.
 *
 * @param box the array; none of its axes is empty
 */
export function* boxesOfRange(box: StridedBox, start: number, end: number): Generator<StridedBox> {
  if (start >= end) {
    return;
  }
  const { byteOffset, axes } = box;
  if (axes.length === 0) {
    yield box;
    return;
  }
  const [{ stride }, ...rowAxes] = axes;
  const rowLength = rowAxes.reduce((product, { length }) => product * length, 1);
  const row = (index: number): StridedBox => ({ byteOffset: byteOffset + index * stride, axes: rowAxes });
  const firstRow = Math.floor(start / rowLength);
  const lastRow = Math.floor(end / rowLength);
  if (firstRow === lastRow) {
    yield* boxesOfRange(row(firstRow), start - firstRow * rowLength, end - firstRow * rowLength);
    return;
  }
  const firstWholeRow = Math.ceil(start / rowLength);
  yield* boxesOfRange(row(firstRow), start - firstRow * rowLength, (firstWholeRow - firstRow) * rowLength);
  if (lastRow > firstWholeRow) {
    yield { ...row(firstWholeRow), axes: [{ length: lastRow - firstWholeRow, stride }, ...rowAxes] };
  }
  yield* boxesOfRange(row(lastRow), 0, end - lastRow * rowLength);
}
