import type { TensorRef } from '../formats/dump';
import { readValues } from '../formats/readValues';
import { integerMoments } from '../norm/integerMoments';
import { momentsOf } from '../norm/moments';
import { toFloat64 } from '../tensor/tensor';
import type { ReadChunk } from './chunk';
import type { ExactMoments } from './exactMoments';
import { emptyTable, setMoments } from './momentsTable';

/**
 * Takes moments of the values that kernels do not read, or would round: large 64-bit integers exactly, complex numbers by
 * magnitude.
 */
export function valueChunks(ref: TensorRef): ReadChunk {
  const { name, dtype } = ref;
  return async ({ start, rows, cols }) => {
    const values = await readValues(ref, start, start + rows * cols);
    const isExact = values instanceof BigInt64Array || values instanceof BigUint64Array;
    const numbers = isExact ? values : toFloat64({ name, dtype, shape: [], values });
    const table = emptyTable(rows, isExact);
    for (let row = 0; row < rows; row++) {
      const ofRow = numbers.subarray(row * cols, (row + 1) * cols);
      setMoments(table, row, ofRow instanceof Float64Array ? momentsOf(ofRow) : exactMoments(ofRow));
    }
    return table;
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
