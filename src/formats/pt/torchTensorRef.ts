import { dtypes } from '../../tensor/dtype';
import { FormatError, LimitError } from '../../tensor/errors';
import { elementCount, formatShape } from '../../tensor/shape';
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
}

/**
 * A tensor of a checkpoint as one that can be read, once its size, strides and offset are known to stay within its storage.
 *
 * @throws FormatError if they do not, or the storage is shorter than the pickle says
 * @throws LimitError if the tensor repeats few elements very often
 */
export function torchTensorRef(name: string, tensor: TorchTensor, place: StoragePlace): TensorRef {
  const { storage, dtype } = tensor;
  const refuse = (reason: string) => new FormatError('pt', `tensor ${quote(name)}: ${reason}`);
  const claimed = storage.count * dtypes[storage.dtype].bytes;
  if (claimed > place.bytes) {
    throw new FormatError(
      'pt',
      `the storage ${quote(storage.key)} of tensor ${quote(name)} should have ${claimed} bytes; ${place.bytes} are there`,
      undefined,
      { advice: 'The file may be cut short; save or copy it again.' },
    );
  }
  const shape = headerShape(tensor.size, (reason) => refuse(`the shape ${reason}`));
  const offset = wholeNumber(tensor.offset, () => refuse('its storage offset is no whole number from 0 to 2^53'));
  const steps = tensor.strides.map((step) =>
    wholeNumber(step, () => refuse('its strides are not all whole numbers from 0 to 2^53')),
  );
  if (steps.length !== shape.length) {
    throw refuse(`its shape ${formatShape(shape)} and its strides ${formatShape(steps)} differ in length`);
  }
  const elementBytes = dtypes[dtype].bytes;
  const start = storage.start * dtypes[storage.dtype].bytes + offset * elementBytes;
  const count = elementCount(shape);
  const last = shape.reduce((sum, length, axis) => sum + (length - 1) * steps[axis], 0);
  const end = count === 0 ? start : start + (last + 1) * elementBytes;
  if (end > claimed) {
    throw refuse(
      `${formatShape(shape)} with strides ${formatShape(steps)} from element ${offset} on reaches byte ${end} of a storage of ${claimed}`,
    );
  }
  if (count * elementBytes > Math.max(claimed, maxRepeatedBytes)) {
    throw new LimitError(
      `pt: tensor ${quote(name)}: ${formatShape(shape)} repeats ${claimed} bytes to ${count * elementBytes}; at most ${maxRepeatedBytes} are read.`,
      { advice: 'Save the tensor before it is expanded.' },
    );
  }
  const { source, littleEndian } = place;
  const strides = steps.map((step) => step * elementBytes);
  return { name, dtype, shape, source, byteOffset: place.byteOffset + start, strides, littleEndian };
}

function wholeNumber(value: unknown, refuse: () => Error): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0) {
    throw refuse();
  }
  return value as number;
}
