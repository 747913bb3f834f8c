import type { TensorRef } from '../formats/dump';
import { isContiguous } from '../formats/readValues';
import { dtypes } from '../tensor/dtype';
import { elementCount, resolveAxes } from '../tensor/shape';
import type { ScanJob } from './scanJob';

/** Bytes of a job: some milliseconds of work, many times what it takes to hand it to a worker. */
const jobBytes = 16 * 1024 * 1024;

/** Rows of a tile at the most: their moments take as much memory as its values. */
const maxTileRows = 2 ** 17;

/** Bytes of a tile: a few values of each row, so that merging their moments costs less than taking them. */
function tileBytesFor(rows: number): number {
  return Math.min(jobBytes, Math.max(2 ** 22, 512 * rows));
}

/** A tensor as rows, and the jobs that take its moments. */
export interface ScanPlan {
  readonly rows: number;
  readonly rowLength: number;
  /** In C order. They depend on the tensor alone, so that results do not depend on who does them. */
  readonly jobs: readonly ScanJob[];
}

/**
 * Plans the scan of a tensor by rows.
 *
 * @param axes the axes that a row runs along; they need not be the last ones nor neighbours
 * @throws ShapeError if an axis does not exist
 */
export function planRows(ref: TensorRef, axes: readonly number[]): ScanPlan {
  const rowsLast = ref.shape.length === 0 ? ref : withAxesLast(ref, axes);
  const reduced = ref.shape.length === 0 ? 0 : axes.length;
  const rowLength = elementCount(rowsLast.shape.slice(rowsLast.shape.length - reduced));
  const rows = elementCount(rowsLast.shape.slice(0, rowsLast.shape.length - reduced));
  const kept = rowsLast.shape.length - reduced;
  const crosswise = isContiguous(rowsLast) ? undefined : tilesOf(rowsLast, kept, tileBytesFor(rows));
  return { rows, rowLength, jobs: crosswise ?? jobsOf(rowsLast, rowLength, true) };
}

/** Plans the scan of a tensor as a whole, in the order of the file. */
export function planWhole(ref: TensorRef): ScanPlan {
  const inFileOrder = withFileOrder(ref);
  const rowLength = elementCount(ref.shape);
  return { rows: 1, rowLength, jobs: jobsOf(inFileOrder, rowLength, false) };
}

function jobsOf(ref: TensorRef, rowLength: number, withRows: boolean): ScanJob[] {
  const total = elementCount(ref.shape);
  const most = jobBytes / dtypes[ref.dtype].bytes;
  // Jobs end where rows do if several rows fit; what is left of a longer row is a job of its own.
  const rowsPerJob = Math.floor(most / Math.max(1, rowLength));
  const jobs: ScanJob[] = [];
  for (let start = 0; start < total;) {
    const end =
      rowsPerJob > 0
        ? Math.min(total, start + rowsPerJob * rowLength)
        : Math.min(start + most, start - (start % rowLength) + rowLength);
    const isPartial = end - start < rowLength;
    const firstRow = Math.floor(start / rowLength);
    jobs.push({ ref, rowLength, start, end, withRows, firstRow, isPartial, atOnce: false });
    start = end;
  }
  return jobs;
}

/**
 * Jobs for rows that lie across the file, such as the columns of a matrix in C order: tiles, each of which is read in one
 * go and holds parts of many rows.
 *
 * @param kept     how many axes count rows; the others run along them
 * @param firstRow of the tensor that the first row of `ref` is
 * @returns        undefined if the file cannot be cut into tiles that hold rows in order, and not too many
 */
function tilesOf(
  ref: TensorRef,
  kept: number,
  tileBytes: number,
  firstRow = 0,
  isPartial = false,
): ScanJob[] | undefined {
  const { shape, strides, dtype } = ref;
  const rowLength = elementCount(shape.slice(kept));
  const total = elementCount(shape);
  if (total === 0) {
    return [];
  }
  const isSmall = total * dtypes[dtype].bytes <= tileBytes;
  if (isSmall && total / rowLength <= maxTileRows) {
    return [{ ref, rowLength, start: 0, end: total, withRows: true, firstRow, isPartial, atOnce: true }];
  }
  // The outermost axis of the file.
  const axis = strides.reduce(
    (best, stride, i) => (shape[i] > 1 && (shape[best] === 1 || stride > strides[best]) ? i : best),
    0,
  );
  const isKept = axis < kept;
  // Rows would not follow each other, or not become fewer.
  if (isKept ? shape.slice(0, axis).some((length) => length > 1) : isSmall) {
    return undefined;
  }
  const bytesPerStep = (total / shape[axis]) * dtypes[dtype].bytes;
  const rowsPerStep = isKept ? total / shape[axis] / rowLength : 0;
  const steps = Math.max(1, Math.floor(Math.min(tileBytes / bytesPerStep, maxTileRows / rowsPerStep)));
  const jobs: ScanJob[] = [];
  for (let at = 0; at < shape[axis]; at += steps) {
    const length = Math.min(steps, shape[axis] - at);
    const slab = { ...ref, shape: shape.with(axis, length), byteOffset: ref.byteOffset + at * strides[axis] };
    const tiles = tilesOf(slab, kept, tileBytes, firstRow + at * rowsPerStep, isPartial || !isKept);
    if (tiles === undefined) {
      return undefined;
    }
    jobs.push(...tiles);
  }
  return jobs;
}

/** The same tensor with the given axes moved behind the others, by strides alone. */
function withAxesLast(ref: TensorRef, axes: readonly number[]): TensorRef {
  const last = resolveAxes(axes, ref.shape.length);
  return withOrder(ref, [...ref.shape.keys()].filter((axis) => !last.includes(axis)).concat(last));
}

/** The same elements with the axes ordered by stride, so that a tensor in Fortran order is read from end to end. */
function withFileOrder(ref: TensorRef): TensorRef {
  const order = [...ref.shape.keys()];
  return isContiguous(ref)
    ? ref
    : withOrder(
        ref,
        order.sort((a, b) => ref.strides[b] - ref.strides[a]),
      );
}

function withOrder(ref: TensorRef, order: readonly number[]): TensorRef {
  return { ...ref, shape: order.map((axis) => ref.shape[axis]), strides: order.map((axis) => ref.strides[axis]) };
}
