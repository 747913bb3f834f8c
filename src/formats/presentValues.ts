import type { TensorRef } from './dump';

/**
 * Elements of a tensor without those that the file does not have.
 *
 * @param values of real numbers, from the position `start` on
 */
export function presentValues({ isMissing }: TensorRef, values: Float64Array, start: number): Float64Array {
  return isMissing ? values.filter((_, i) => !isMissing(start + i)) : values;
}
