import type { TensorRef } from '../formats/dump';
import type { DType } from '../tensor/dtype';
import { dtypes } from '../tensor/dtype';
import { isElementType } from '../kernels/elementType';
import type { Kernels, MomentOrder } from '../kernels/kernels';
import { chunkBytes, chunksOf, type ReadChunk } from './chunk';
import { combineRows } from './combineRows';
import { integerChunks } from './integerChunks';
import { kernelChunks } from './kernelChunks';
import { mergeRow } from './mergeRow';
import { copyRows, emptyTable } from './momentsTable';
import type { ScanJob, ScanResult } from './scanJob';
import { valueChunks } from './valueChunks';

/** Whether values are 64-bit integers, of which the extremes and the spread are kept exactly. */
export function isExactInteger(dtype: DType): dtype is 'int64' | 'uint64' {
  return dtype === 'int64' || dtype === 'uint64';
}

/**
 * Does one job: reads its elements chunk by chunk and merges their moments in the order in which they stand.
 *
 * @param cancellation asked before each chunk; an `AbortSignal` serves
 * @throws InputError if the source cannot be read; whatever `cancellation` throws
 */
export async function scanElements(
  kernels: Kernels,
  { ref, rowLength, start, end, withRows, atOnce }: ScanJob,
  cancellation: { throwIfAborted(): void },
): Promise<ScanResult> {
  const { dtype } = ref;
  const readChunk = chunkReader(kernels, ref, withRows ? 4 : 2);
  const chunks = atOnce
    ? [{ start, rows: (end - start) / rowLength, cols: rowLength }]
    : [...chunksOf(start, end, rowLength, Math.floor(chunkBytes / dtypes[dtype].bytes))];
  const firstRow = Math.floor(start / rowLength);
  // Without rows, the chunks stand for them.
  const table = emptyTable(withRows ? Math.ceil(end / rowLength) - firstRow : chunks.length, isExactInteger(dtype));
  for (const [i, chunk] of chunks.entries()) {
    cancellation.throwIfAborted();
    const found = await readChunk(chunk);
    const row = withRows ? Math.floor(chunk.start / rowLength) - firstRow : i;
    if (chunk.cols === rowLength || !withRows) {
      copyRows(found, table, row);
    } else {
      mergeRow(table, row, found, 0);
    }
  }
  return { all: combineRows(table), rows: withRows ? table : undefined };
}

function chunkReader(kernels: Kernels, ref: TensorRef, order: MomentOrder): ReadChunk {
  const { dtype } = ref;
  if (isExactInteger(dtype)) {
    return integerChunks(kernels, ref, dtype, order);
  }
  return isElementType(dtype) ? kernelChunks(kernels, ref, dtype, order) : valueChunks(ref);
}
