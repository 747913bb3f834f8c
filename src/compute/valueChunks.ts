import type { TensorRef } from '../formats/dump';
import { readValues } from '../formats/readValues';
import { integerMoments } from '../norm/integerMoments';
import { momentsOf } from '../norm/moments';
import { toFloat64 } from '../tensor/tensor';
import type { ReadChunk } from './chunk';
import type { ExactMoments } from './exactMoments';

/**
 * Takes moments of the values that kernels do not read, or would round: 64-bit integers exactly, complex numbers by
 * magnitude.
 */
export function valueChunks(ref: TensorRef): ReadChunk {
  const { name, dtype } = ref;
  return async ({ start, rows, cols }) => {
    const values = await readValues(ref, start, start + rows * cols);
    if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
      return Array.from({ length: rows }, (_, row) => exactMoments(values.subarray(row * cols, (row + 1) * cols)));
    }
    const numbers = toFloat64({ name, dtype, shape: [], values });
    return Array.from({ length: rows }, (_, row) => momentsOf(numbers, row * cols, (row + 1) * cols));
  };
}

function exactMoments(values: BigInt64Array | BigUint64Array): ExactMoments {
  let exactMin = values[0];
  let exactMax = values[0];
  for (const value of values) {
    exactMin = value < exactMin ? value : exactMin;
    exactMax = value > exactMax ? value : exactMax;
  }
  return { ...integerMoments(values), exactMin, exactMax };
}
