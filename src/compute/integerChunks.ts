import type { TensorRef } from '../formats/dump';
import type { Kernels, MomentOrder } from '../kernels/kernels';
import type { ReadChunk } from './chunk';
import { kernelChunks } from './kernelChunks';
import { valueChunks } from './valueChunks';

/**
 * Takes moments of 64-bit integers with the kernels, which read them as float64, and once more integer by integer, forty
 * times as slowly, where that may have rounded some: from 2^53 on.
 *
 * @param order as `Kernels.rowMoments`
 */
export function integerChunks(
  kernels: Kernels,
  ref: TensorRef,
  dtype: 'int64' | 'uint64',
  order: MomentOrder,
): ReadChunk {
  const readRounded = kernelChunks(kernels, ref, dtype, order);
  const readExact = valueChunks(ref);
  return async (chunk) => {
    const { columns } = await readRounded(chunk);
    return columns.absMax.every((absMax) => absMax <= Number.MAX_SAFE_INTEGER)
      ? { columns, exactMin: Array.from(columns.min, BigInt), exactMax: Array.from(columns.max, BigInt) }
      : readExact(chunk);
  };
}
