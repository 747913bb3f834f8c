import { ShapeError } from '../tensor/errors';
import { formatShape } from '../tensor/shape';
import type { TensorRef } from './dump';

/** Per axis the index that is looked at, or null for the whole axis: x[:, 3, :] is [null, 3, null]. */
export type Slice = readonly (number | null)[];

/**
 * A tensor with some axes held at one index, by strides alone: nothing is read.
 *
 * @returns a ref of the axes that are not held
 * @throws  ShapeError if the slice has another number of axes, an index lies outside its axis, or no axis is left
 */
export function sliceRef(ref: TensorRef, slice: Slice): TensorRef {
  const { name, shape, strides } = ref;
  const fits = slice.every(
    (index, axis) => index === null || (Number.isInteger(index) && index >= 0 && index < shape[axis]),
  );
  const kept = [...shape.keys()].filter((axis) => slice[axis] === null);
  if (slice.length !== shape.length || !fits || kept.length === 0) {
    throw new ShapeError(
      `"${name}" ${formatShape(shape)} has no slice [${slice.map((index) => index ?? ':').join(', ')}].`,
      { advice: 'Give every axis an index that it has, counted from 0, and leave at least one whole.' },
    );
  }
  return {
    ...ref,
    shape: kept.map((axis) => shape[axis]),
    strides: kept.map((axis) => strides[axis]),
    byteOffset: slice.reduce<number>((offset, index, axis) => offset + (index ?? 0) * strides[axis], ref.byteOffset),
    // It tells of positions in the whole.
    isMissing: undefined,
  };
}
