import { dtypes } from '../../tensor/dtype';
import { FormatError, LimitError } from '../../tensor/errors';
import { elementCount, formatShape, type Shape } from '../../tensor/shape';
import type { ByteSource } from '../byteSource';
import type { TensorRef } from '../dump';
import { headerShape } from '../headerShape';
import { quote } from '../quote';
import type { TorchTensor } from './torchObjects';

/**
 * Bytes of a view whose elements share their places, as `expand` and `unfold` make them. Its size is not bounded by that of
 * the file, so this bounds the work that a few bytes can ask for.
 */
const maxRepeatedBytes = 2 ** 25;

/** Where the bytes of a storage are. */
export interface StoragePlace {
  readonly source: ByteSource;
  readonly byteOffset: number;
  readonly bytes: number;
  readonly littleEndian: boolean;
  /** Where they are in the file, for messages; undefined where they are compressed there. */
  readonly fileOffset: number | undefined;
}

/**
 * A tensor of a checkpoint as one that can be read, once its size, strides and offset are known to stay within its storage.
 *
 * @throws FormatError if they do not, or the storage is shorter than the pickle says
 * @throws LimitError if the tensor repeats few elements very often
 */
export function torchTensorRef(name: string, tensor: TorchTensor, place: StoragePlace): TensorRef {
  const { storage, dtype } = tensor;
  const refuse = (reason: string) => tensorFault(name, reason, place.fileOffset);
  const elementBytes = dtypes[dtype].bytes;
  const storageBytes = storage.count * dtypes[storage.dtype].bytes;
  if (storageBytes > place.bytes) {
    throw refuse(`its storage ${quote(storage.key)} should have ${storageBytes} bytes; ${place.bytes} are there`);
  }
  const shape = torchShape(name, tensor.size);
  const steps = tensor.strides.map((step) => wholeNumber(step, () => refuse('its strides are not all whole numbers')));
  const offset = wholeNumber(tensor.offset, () => refuse('its storage offset is no whole number'));
  if (steps.length !== shape.length) {
    throw refuse(`its shape ${formatShape(shape)} and its strides ${formatShape(steps)} differ in length`);
  }
  const count = elementCount(shape);
  // A slice that holds nothing may begin anywhere.
  const first = count === 0 ? 0 : storage.start * dtypes[storage.dtype].bytes + offset * elementBytes;
  const lastElement = shape.reduce((sum, length, axis) => sum + (length - 1) * steps[axis], 0);
  const end = count === 0 ? 0 : first + (lastElement + 1) * elementBytes;
  if (end > storageBytes) {
    throw refuse(
      `${formatShape(shape)} with strides ${formatShape(steps)} from element ${offset} on reaches byte ${end} of a storage of ${storageBytes}`,
    );
  }
  if (count * elementBytes > Math.max(storageBytes, maxRepeatedBytes)) {
    throw new LimitError(
      `pt: tensor ${quote(name)} ${formatShape(shape)} repeats ${storageBytes} bytes to ${count * elementBytes}; at most ${maxRepeatedBytes} are read.`,
      { advice: 'Save the tensor before it is expanded.' },
    );
  }
  const { source, littleEndian } = place;
  const strides = steps.map((step) => step * elementBytes);
  return { name, dtype, shape, source, byteOffset: place.byteOffset + first, strides, littleEndian };
}

/** @throws FormatError if the size of a tensor is no shape */
export function torchShape(name: string, size: readonly unknown[]): Shape {
  return headerShape(size, (reason) => tensorFault(name, `the shape ${reason}`));
}

function tensorFault(name: string, reason: string, byteOffset?: number): FormatError {
  return new FormatError('pt', `tensor ${quote(name)}: ${reason}`, byteOffset, {
    advice: 'The file may be damaged or cut short; save or copy it again.',
  });
}

function wholeNumber(value: unknown, refuse: () => Error): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0) {
    throw refuse();
  }
  return value as number;
}
