import type { TensorRef } from '../formats/dump';
import { readValues } from '../formats/readValues';
import { elementCount } from '../tensor/shape';
import { toFloat64 } from '../tensor/tensor';

/** Values of either tensor read at a time. */
const chunkValues = 2 ** 20;

/** Per row of the last axis, how far two tensors of one shape are apart. */
export interface RowDifferences {
  /** (rows,): largest |a − b|; NaN where one is NaN or infinite and the other is something else. */
  readonly maxAbs: Float64Array;
  /** (rows,): largest |b|, what `maxAbs` is to be held against. */
  readonly scale: Float64Array;
}

/**
 * Where two tensors part, row by row; both are read a stretch at a time.
 *
 * @throws FormatError, LimitError if a tensor cannot be read
 */
export async function rowDifferences(a: TensorRef, b: TensorRef, signal?: AbortSignal): Promise<RowDifferences> {
  const cols = b.shape.at(-1) ?? 1;
  const rows = cols === 0 ? 0 : elementCount(b.shape) / cols;
  const maxAbs = new Float64Array(rows);
  const scale = new Float64Array(rows);
  const step = Math.max(1, Math.floor(chunkValues / cols));
  for (let start = 0; start < rows; start += step) {
    const end = Math.min(rows, start + step);
    const [valuesA, valuesB] = await Promise.all(
      [a, b].map(async (ref) => {
        const values = await readValues(ref, start * cols, end * cols, signal);
        return toFloat64({ name: ref.name, dtype: ref.dtype, shape: [end - start, cols], values });
      }),
    );
    for (let i = 0; i < valuesB.length; i++) {
      const row = start + Math.floor(i / cols);
      maxAbs[row] = larger(maxAbs[row], distance(valuesA[i], valuesB[i]));
      scale[row] = Math.max(scale[row], Number.isFinite(valuesB[i]) ? Math.abs(valuesB[i]) : 0);
    }
  }
  return { maxAbs, scale };
}

function distance(a: number, b: number): number {
  return Object.is(a, b) || a === b ? 0 : Number.isFinite(a) && Number.isFinite(b) ? Math.abs(a - b) : NaN;
}

function larger(a: number, b: number): number {
  return Number.isNaN(a) || Number.isNaN(b) ? NaN : Math.max(a, b);
}
