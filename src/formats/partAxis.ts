import type { TensorRef } from './dump';

/**
 * A tensor with one axis made two, by strides alone: nothing is read.
 *
 * @param axis  which one, counted from 0
 * @param parts into how many parts; a divisor of its length
 * @returns     a ref whose axis `axis` counts the parts, and the next one what is in each
 */
export function partAxis(ref: TensorRef, axis: number, parts: number): TensorRef {
  const length = ref.shape[axis] / parts;
  const stride = ref.strides[axis];
  return {
    ...ref,
    shape: ref.shape.toSpliced(axis, 1, parts, length),
    strides: ref.strides.toSpliced(axis, 1, stride * length, stride),
  };
}
