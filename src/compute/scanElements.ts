import type { DType } from '../tensor/dtype';
import { dtypes } from '../tensor/dtype';
import { isElementType, type ElementType } from '../kernels/elementType';
import type { Kernels } from '../kernels/kernels';
import { chunkBytes, chunksOf } from './chunk';
import { mergeExact, noMoments } from './exactMoments';
import { kernelChunks } from './kernelChunks';
import { emptyTable, momentsAt, setMoments } from './momentsTable';
import type { ScanJob, ScanResult } from './scanJob';
import { valueChunks } from './valueChunks';

/** Whether values are 64-bit integers, of which the extremes and the spread are kept exactly. */
export function isExactInteger(dtype: DType): boolean {
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
  { ref, rowLength, start, end, withRows }: ScanJob,
  cancellation: { throwIfAborted(): void },
): Promise<ScanResult> {
  const { dtype } = ref;
  const readChunk = hasKernel(dtype) ? kernelChunks(kernels, ref, dtype) : valueChunks(ref);
  const firstRow = Math.floor(start / rowLength);
  const rows = withRows ? emptyTable(Math.ceil(end / rowLength) - firstRow, isExactInteger(dtype)) : undefined;
  let all = noMoments;
  for (const chunk of chunksOf(start, end, rowLength, Math.floor(chunkBytes / dtypes[dtype].bytes))) {
    cancellation.throwIfAborted();
    const found = await readChunk(chunk);
    let row = Math.floor(chunk.start / rowLength) - firstRow;
    for (const moments of found) {
      all = mergeExact(all, moments);
      if (rows) {
        setMoments(rows, row, mergeExact(momentsAt(rows, row), moments));
      }
      row++;
    }
  }
  return { all, rows };
}

function hasKernel(dtype: DType): dtype is ElementType {
  return isElementType(dtype) && !isExactInteger(dtype);
}
