import type { TensorRef } from '../formats/dump';
import { isContiguous } from '../formats/readValues';
import { dtypes } from '../tensor/dtype';
import { elementCount, resolveAxes } from '../tensor/shape';
import type { ScanJob } from './scanJob';

/** Bytes of a job: some milliseconds of work, many times what it takes to hand it to a worker. */
const jobBytes = 16 * 1024 * 1024;

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
  return { rows, rowLength, jobs: jobsOf(rowsLast, rowLength, true) };
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
    jobs.push({ ref, rowLength, start, end, withRows });
    start = end;
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
