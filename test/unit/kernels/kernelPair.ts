import { dtypes, type DType } from '../../../src/tensor/dtype';
import type { Kernels, MomentOrder } from '../../../src/kernels/kernels';
import { loadKernels } from '../../../src/kernels/loadKernels';
import { momentBytes, momentColumns, momentNames, type MomentName } from '../../../src/kernels/momentColumns';
import { decodedType, isElementType, type ElementType } from '../../../src/kernels/elementType';
import { scalarKernels } from '../../../src/kernels/scalarKernels';

/** The vector kernels and their twins; the tests hold one against the other. */
export const simd = await loadKernels();
export const scalar = scalarKernels();

/** Every dtype that kernels read. */
export const elementTypes = (Object.keys(dtypes) as DType[]).filter(isElementType);

/** Elements as they stand in a file, at an address that is a multiple of 64 plus `misalignment`. */
export interface Raw {
  readonly bytes: Uint8Array;
  readonly dtype: ElementType;
  readonly littleEndian?: boolean;
  readonly misalignment?: number;
}

/** Bytes of float32 values, little-endian. */
export function float32(values: ArrayLike<number>): Raw {
  return { bytes: new Uint8Array(Float32Array.from(values).buffer), dtype: 'float32' };
}

/** Bytes of float64 values, little-endian. */
export function float64(values: ArrayLike<number>): Raw {
  return { bytes: new Uint8Array(Float64Array.from(values).buffer), dtype: 'float64' };
}

/** The elements decoded by a kernel, as numbers. */
export function decoded(kernels: Kernels, raw: Raw): number[] {
  return borrowing(kernels, () => {
    const { memory } = kernels;
    const count = raw.bytes.length / dtypes[raw.dtype].bytes;
    const source = place(kernels, raw);
    const target = memory.reserve(8 * count);
    kernels.decode(source, count, target);
    return [...memory[decodedType(raw.dtype)](target, count)];
  });
}

/** The moments of each row by a kernel, all of them by default. */
export function rowMoments(
  kernels: Kernels,
  raw: Raw,
  rows: number,
  order: MomentOrder = 4,
): Record<MomentName, number>[] {
  return borrowing(kernels, () => {
    const cols = raw.bytes.length / dtypes[raw.dtype].bytes / rows;
    const source = place(kernels, raw);
    const target = kernels.memory.reserve(rows * momentBytes);
    kernels.rowMoments(source, rows, cols, order, target);
    const columns = momentColumns(kernels.memory, target, rows);
    return Array.from(
      { length: rows },
      (_, row) =>
        Object.fromEntries(momentNames.map((name) => [name, columns[name][row]])) as Record<MomentName, number>,
    );
  });
}

/** Runs some work and gives back all the memory that it reserved. */
export function borrowing<T>({ memory }: Kernels, work: () => T): T {
  const mark = memory.mark();
  try {
    return work();
  } finally {
    memory.release(mark);
  }
}

function place({ memory }: Kernels, { bytes, dtype, littleEndian = true, misalignment = 0 }: Raw) {
  const start = memory.reserve(bytes.length + misalignment) + misalignment;
  memory.bytes(start, bytes.length).set(bytes);
  return { start, dtype, littleEndian };
}
