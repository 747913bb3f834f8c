import type { TensorRef } from '../formats/dump';
import { isContiguous, readElements } from '../formats/readValues';
import type { ElementType } from '../kernels/elementType';
import type { Kernels } from '../kernels/kernels';
import { momentBytes, momentColumns, type MomentColumns } from '../kernels/momentColumns';
import { binaryScale } from '../norm/binaryScale';
import type { Moments } from '../norm/moments';
import { dtypes } from '../tensor/dtype';
import type { ReadChunk } from './chunk';

/**
 * Takes moments with the kernels, to whose memory the source is read: in place where it can.
 *
 * The memory is given back before each return, so that the next chunk finds the same areas. Only one chunk may be under
 * way at a time.
 */
export function kernelChunks(kernels: Kernels, ref: TensorRef, dtype: ElementType): ReadChunk {
  const { memory } = kernels;
  const { source, byteOffset, littleEndian } = ref;
  const elementBytes = dtypes[dtype].bytes;
  const inPlace = isContiguous(ref) ? source.readInto?.bind(source) : undefined;
  return async ({ start, rows, cols }) => {
    const mark = memory.mark();
    try {
      const bytes = rows * cols * elementBytes;
      const elements = memory.reserve(bytes);
      const table = memory.reserve(rows * momentBytes);
      if (inPlace) {
        await inPlace(memory.bytes(elements, bytes), byteOffset + start * elementBytes);
      } else {
        memory.bytes(elements, bytes).set(await readElements(ref, start, start + rows * cols));
      }
      kernels.rowMoments({ start: elements, dtype, littleEndian }, rows, cols, table);
      const columns = momentColumns(memory, table, rows);
      return Array.from({ length: rows }, (_, row) => momentsOfRow(columns, row, cols));
    } finally {
      memory.release(mark);
    }
  };
}

function momentsOfRow(columns: MomentColumns, row: number, count: number): Moments {
  const absMax = columns.absMax[row];
  return {
    count,
    nan: columns.nan[row],
    posInf: columns.posInf[row],
    negInf: columns.negInf[row],
    zero: columns.zero[row],
    min: columns.min[row],
    max: columns.max[row],
    absMax,
    mean: columns.mean[row],
    // Zeros have any scale; the least one lets them be merged with the tiniest values.
    scale: absMax === 0 ? binaryScale(0) : columns.scale[row],
    m2: columns.m2[row],
    m3: columns.m3[row],
    m4: columns.m4[row],
    sumSquares: columns.sumSquares[row],
  };
}
