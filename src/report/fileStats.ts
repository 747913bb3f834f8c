import type { TensorRef } from '../formats/dump';
import { readValues } from '../formats/readValues';
import { integerMoments } from '../norm/integerMoments';
import { mergeMoments, momentsOf, type Moments } from '../norm/moments';
import type { Values } from '../tensor/dtype';
import { elementCount, resolveAxes } from '../tensor/shape';
import { toFloat64 } from '../tensor/tensor';

/** Values read at a time: large enough for the disk, small enough that memory does not depend on the tensor. */
const chunkValues = 1 << 20;

/** Moments of a stretch of values; `exactMin` and `exactMax` are there for 64-bit integers, which float64 may round. */
export interface ExactMoments {
  readonly moments: Moments;
  readonly exactMin?: bigint;
  readonly exactMax?: bigint;
}

/** Moments of a whole tensor and, if asked for, of each of its rows. */
export interface FileStats {
  readonly all: ExactMoments;
  /** In C order of the axes that are not reduced. */
  readonly rows: readonly ExactMoments[];
}

/**
 * Reads a tensor in chunks and gathers its moments; complex values count by magnitude.
 *
 * @param axes     the axes that a row runs along; they need not be the last ones nor neighbours
 * @param withRows whether to return the rows
 * @throws ShapeError if an axis does not exist
 */
export async function fileStats(ref: TensorRef, axes: readonly number[], withRows: boolean): Promise<FileStats> {
  const rowsLast = ref.shape.length === 0 ? ref : withAxesLast(ref, axes);
  const reduced = ref.shape.length === 0 ? 0 : axes.length;
  const rowLength = elementCount(rowsLast.shape.slice(rowsLast.shape.length - reduced));
  const rowCount = elementCount(rowsLast.shape.slice(0, rowsLast.shape.length - reduced));
  const rows: ExactMoments[] = [];
  let all = exactMoments(rowsLast, new Float64Array(0));
  const take = (row: ExactMoments) => {
    all = merge(all, row);
    if (withRows) {
      rows.push(row);
    }
  };
  const rowsAtOnce = Math.max(1, Math.floor(chunkValues / Math.max(1, rowLength)));
  for (let row = 0; row < rowCount; row += rowsAtOnce) {
    const count = Math.min(rowsAtOnce, rowCount - row);
    if (rowLength > chunkValues) {
      take(await longRow(rowsLast, row * rowLength, rowLength));
      continue;
    }
    const values = await readValues(rowsLast, row * rowLength, (row + count) * rowLength);
    const step = values.length / Math.max(1, count);
    for (let i = 0; i < count; i++) {
      take(exactMoments(rowsLast, values.subarray(i * step, (i + 1) * step)));
    }
  }
  return { all, rows };
}

async function longRow(ref: TensorRef, start: number, length: number): Promise<ExactMoments> {
  let row = exactMoments(ref, new Float64Array(0));
  for (let done = 0; done < length; done += chunkValues) {
    const end = Math.min(length, done + chunkValues);
    row = merge(row, exactMoments(ref, await readValues(ref, start + done, start + end)));
  }
  return row;
}

/** The same tensor with the given axes moved behind the others, by strides alone. */
function withAxesLast(ref: TensorRef, axes: readonly number[]): TensorRef {
  const last = resolveAxes(axes, ref.shape.length);
  const order = [...ref.shape.keys()].filter((axis) => !last.includes(axis)).concat(last);
  return { ...ref, shape: order.map((axis) => ref.shape[axis]), strides: order.map((axis) => ref.strides[axis]) };
}

function exactMoments({ name, dtype }: TensorRef, values: Values): ExactMoments {
  if (!(values instanceof BigInt64Array || values instanceof BigUint64Array) || values.length === 0) {
    return { moments: momentsOf(toFloat64({ name, dtype, shape: [], values })) };
  }
  let exactMin = values[0];
  let exactMax = values[0];
  for (const value of values) {
    exactMin = value < exactMin ? value : exactMin;
    exactMax = value > exactMax ? value : exactMax;
  }
  return { moments: integerMoments(values), exactMin, exactMax };
}

function merge(a: ExactMoments, b: ExactMoments): ExactMoments {
  return {
    moments: mergeMoments(a.moments, b.moments),
    exactMin: pickExact(a.exactMin, b.exactMin, (x, y) => x < y),
    exactMax: pickExact(a.exactMax, b.exactMax, (x, y) => x > y),
  };
}

function pickExact(a: bigint | undefined, b: bigint | undefined, better: (x: bigint, y: bigint) => boolean) {
  return a === undefined || (b !== undefined && better(b, a)) ? b : a;
}
