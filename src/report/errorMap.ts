import type { TensorRef } from '../formats/dump';
import { readValues } from '../formats/readValues';
import { elementCount } from '../tensor/shape';
import { toFloat64 } from '../tensor/tensor';

/** Values of either tensor read at a time. */
const chunkValues = 2 ** 20;

/** How far two tensors are apart, along one axis of the picture. */
export interface Differences {
  /** Largest |a − b|; NaN where one is NaN or infinite and the other is something else. */
  readonly maxAbs: Float64Array;
  /** Largest |b|, what `maxAbs` is to be held against. */
  readonly scale: Float64Array;
}

/** Where two tensors of one shape part. */
export interface ErrorMap {
  /** (rows,), of the last axis. */
  readonly rows: Differences;
  /** (features,), indices of the last axis. */
  readonly features: Differences;
}

/**
 * Where two tensors part, row by row and feature by feature; both are read a stretch at a time.
 *
 * @throws FormatError, LimitError if a tensor cannot be read
 */
export async function errorMap(a: TensorRef, b: TensorRef, signal?: AbortSignal): Promise<ErrorMap> {
  const cols = b.shape.at(-1) ?? 1;
  const count = cols === 0 ? 0 : elementCount(b.shape) / cols;
  const rows = noDifferences(count);
  const features = noDifferences(cols);
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
      widen(rows, start + Math.floor(i / cols), apart, size);
      widen(features, i % cols, apart, size);
    }
  }
  return { rows, features };
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
