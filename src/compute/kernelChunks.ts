import type { TensorRef } from '../formats/dump';
import { isContiguous, readElements } from '../formats/readValues';
import type { ElementType } from '../kernels/elementType';
import type { Kernels, MomentOrder } from '../kernels/kernels';
import { momentBytes, momentColumns, type MomentColumns } from '../kernels/momentColumns';
import { binaryScale } from '../norm/binaryScale';
import { dtypes } from '../tensor/dtype';
import type { ReadChunk } from './chunk';

const scaleOfZeros = binaryScale(0);

/**
 * Takes moments with the kernels, to whose memory the source is read: in place where it can.
 *
 * The memory is given back before each return, so that the next chunk finds the same areas. Only one chunk may be under
 * way at a time.
 *
 * @param order as `Kernels.rowMoments`
 */
export function kernelChunks(kernels: Kernels, ref: TensorRef, dtype: ElementType, order: MomentOrder): ReadChunk {
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
      kernels.rowMoments({ start: elements, dtype, littleEndian }, rows, cols, order, table);
      const columns = momentColumns(memory, table, rows);
      setScaleOfZeros(columns);
      return { columns: { ...columns, count: new Float64Array(rows).fill(cols) } };
    } finally {
      memory.release(mark);
    }
  };
}

/** Zeros have any scale; the least one lets them be merged with the tiniest values. */
function setScaleOfZeros({ absMax, scale }: MomentColumns): void {
  for (let row = 0; row < absMax.length; row++) {
    if (absMax[row] === 0) {
      scale[row] = scaleOfZeros;
    }
  }
}
