import type { TensorRef } from '../formats/dump';
import { readValues } from '../formats/readValues';
import { LimitError } from '../tensor/errors';
import { elementCount, formatShape, type Shape } from '../tensor/shape';
import type { Tensor } from '../tensor/tensor';

/**
 * The whole tensor, or as many of its first values, in C order, as form a tensor and stay within `maxValues`.
 *
 * @returns the shape of `ref` itself where the tensor is whole
 * @throws  LimitError if not even one row fits
 */
export async function readHead(ref: TensorRef, maxValues: number, signal: AbortSignal): Promise<Tensor> {
  const shape = headShape(ref, maxValues);
  const values = await readValues(ref, 0, elementCount(shape), signal);
  return { name: ref.name, dtype: ref.dtype, shape, values };
}

/** The shape itself if it fits; else the first axis that can be cut so that the rest fits is, those before it cut to one. */
function headShape({ name, shape }: TensorRef, maxValues: number): Shape {
  if (elementCount(shape) <= maxValues) {
    return shape;
  }
  const axis = shape.findIndex((_, i) => elementCount(shape.slice(i + 1)) <= maxValues);
  if (axis === shape.length - 1 && shape[axis] > maxValues) {
    throw new LimitError(
      `A row of "${name}" ${formatShape(shape)} has ${shape[axis]} numbers; the limit is ${maxValues}.`,
      {
        advice: 'Raise the setting normscope.maxValues.',
      },
    );
  }
  const rest = shape.slice(axis + 1);
  return [...shape.slice(0, axis).fill(1), Math.floor(maxValues / elementCount(rest)), ...rest];
}
