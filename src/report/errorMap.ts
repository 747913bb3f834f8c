import type { TensorRef } from '../formats/dump';
import { readValues } from '../formats/readValues';
import { elementCount } from '../tensor/shape';
import { toFloat64 } from '../tensor/tensor';

/** Values of either tensor read at a time. */
const chunkValues = 2 ** 20;

/** The most blocks of rows and of features in the map, about as many as a picture of it has pixels. */
const maxCells = [128, 256] as const;

/** How far two tensors are apart, along one axis of the picture. */
export interface Differences {
  /** Largest |a − b|; NaN where one is NaN or infinite and the other is something else. */
  readonly maxAbs: Float64Array;
  /** Largest |b|, what `maxAbs` is to be held against. */
  readonly scale: Float64Array;
}

/** The largest |a − b| of blocks of neighbouring elements, each as many rows and features as let the map be drawn. */
export interface ErrorCells {
  /** Rows and features of a block; the last ones may hold fewer. */
  readonly block: readonly [rows: number, features: number];
  /** (⌈rows / block rows⌉ × ⌈features / block features⌉) in C order. */
  readonly maxAbs: Float64Array;
}

/** Where two tensors of one shape part. */
export interface ErrorMap {
  /** (rows,), of the last axis. */
  readonly rows: Differences;
  /** (features,), indices of the last axis. */
  readonly features: Differences;
  readonly cells: ErrorCells;
}

/**
 * Where two tensors part, row by row, feature by feature and element by element; both are read a stretch at a time.
 *
 * @throws FormatError, LimitError if a tensor cannot be read
 */
export async function errorMap(a: TensorRef, b: TensorRef, signal?: AbortSignal): Promise<ErrorMap> {
  const cols = b.shape.at(-1) ?? 1;
  const count = cols === 0 ? 0 : elementCount(b.shape) / cols;
  const rows = noDifferences(count);
  const features = noDifferences(cols);
  const cells = noCells(count, cols);
  const across = Math.ceil(cols / cells.block[1]);
  const step = Math.max(1, Math.floor(chunkValues / cols));
  for (let start = 0; start < count; start += step) {
    const end = Math.min(count, start + step);
    const [valuesA, valuesB] = await Promise.all(
      [a, b].map(async (ref) => {
        const values = await readValues(ref, start * cols, end * cols, signal);
        return toFloat64({ name: ref.name, dtype: ref.dtype, shape: [end - start, cols], values });
      }),
    );
    for (let i = 0; i < valuesB.length; i++) {
      const apart = distance(valuesA[i], valuesB[i]);
      const size = Number.isFinite(valuesB[i]) ? Math.abs(valuesB[i]) : 0;
      const row = start + Math.floor(i / cols);
      const feature = i % cols;
      widen(rows, row, apart, size);
      widen(features, feature, apart, size);
      const cell = Math.floor(row / cells.block[0]) * across + Math.floor(feature / cells.block[1]);
      cells.maxAbs[cell] = larger(cells.maxAbs[cell], apart);
    }
  }
  return { rows, features, cells };
}

function noCells(rows: number, features: number): ErrorCells {
  const block = [Math.max(1, Math.ceil(rows / maxCells[0])), Math.max(1, Math.ceil(features / maxCells[1]))] as const;
  return { block, maxAbs: new Float64Array(Math.ceil(rows / block[0]) * Math.ceil(features / block[1])) };
}

function noDifferences(length: number): Differences {
  return { maxAbs: new Float64Array(length), scale: new Float64Array(length) };
}

function widen({ maxAbs, scale }: Differences, place: number, apart: number, size: number): void {
  maxAbs[place] = larger(maxAbs[place], apart);
  scale[place] = Math.max(scale[place], size);
}

function distance(a: number, b: number): number {
  return Object.is(a, b) || a === b ? 0 : Number.isFinite(a) && Number.isFinite(b) ? Math.abs(a - b) : NaN;
}

function larger(a: number, b: number): number {
  return Number.isNaN(a) || Number.isNaN(b) ? NaN : Math.max(a, b);
}
