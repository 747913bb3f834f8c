import { decodeValues } from '../tensor/decode';
import { dtypes, type Values } from '../tensor/dtype';
import { LimitError } from '../tensor/errors';
import { elementCount, formatShape } from '../tensor/shape';
import type { Tensor } from '../tensor/tensor';
import type { TensorRef } from './dump';
import { gather, planGather } from './gatherBox';
import { quote } from './quote';
import { boxesOfRange, mergeAxes } from './stridedBox';

/** Bytes of values read in one go; decoding and float64 copies take a few times as much memory. */
const maxBytesAtOnce = 2 ** 30;

/** Separate reads in one go: some seconds on a local disk. */
const maxReads = 2 ** 17;

/** Bytes that the values of a tensor take in its file, gaps not counted. */
export function byteLength({ dtype, shape }: TensorRef): number {
  return elementCount(shape) * dtypes[dtype].bytes;
}

/**
 * Reads the elements from `start` up to `end`, counted in C order whatever their order in the file. A C-order tensor takes
 * one read of exactly these bytes; of others, short gaps between elements are read too.
 *
 * @returns `end - start` values; twice that, (re, im) pairs, for complex dtypes
 * @throws LimitError if the values are too many for one go, or too scattered over the file
 * @throws RangeError if `start` and `end` are not within the tensor
 */
export async function readValues(ref: TensorRef, start: number, end: number, signal?: AbortSignal): Promise<Values> {
  return decodeValues(await readElements(ref, start, end, signal), ref.dtype, ref.littleEndian);
}

/** Whether the elements of a tensor follow each other in its source as they do in C order. */
export function isContiguous({ dtype, shape, strides }: TensorRef): boolean {
  const axes = mergeAxes(shape, strides);
  return axes.length === 0 || (axes.length === 1 && axes[0].stride === dtypes[dtype].bytes);
}

/**
 * The bytes of the elements from `start` up to `end` in C order, otherwise as they are in the file.
 *
 * @throws LimitError, RangeError as `readValues` does
 */
export async function readElements(
  ref: TensorRef,
  start: number,
  end: number,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const { name, dtype, shape, source, byteOffset } = ref;
  if (!(start >= 0 && start <= end && end <= elementCount(shape))) {
    throw new RangeError(`Elements ${start} to ${end} were asked of ${quote(name)} ${formatShape(shape)}.`);
  }
  const elementBytes = dtypes[dtype].bytes;
  const totalBytes = (end - start) * elementBytes;
  if (totalBytes > maxBytesAtOnce) {
    throw new LimitError(
      `${end - start} values of ${quote(name)} ${formatShape(shape)} take ${totalBytes} bytes; at most ${maxBytesAtOnce} are read at once.`,
      { advice: 'Ask for fewer rows.' },
    );
  }
  if (totalBytes === 0) {
    return new Uint8Array(0);
  }
  if (isContiguous(ref)) {
    const first = byteOffset + start * elementBytes;
    return source.read(first, first + totalBytes, signal);
  }
  const axes = mergeAxes(shape, ref.strides);
  const plans = Array.from(boxesOfRange({ byteOffset, axes }, start, end), (box) => planGather(box, elementBytes));
  const reads = plans.reduce((sum, plan) => sum + plan.reads, 0);
  if (reads > maxReads) {
    throw new LimitError(
      `${end - start} values of ${quote(name)} ${formatShape(shape)} lie in ${reads} places of the file; at most ${maxReads} are read at once.`,
      { advice: 'Save the tensor in C order, with numpy.ascontiguousarray for one.' },
    );
  }
  const bytes = new Uint8Array(totalBytes);
  let done = 0;
  for (const plan of plans) {
    await gather(plan, source, bytes, done, signal);
    done += plan.elements * elementBytes;
  }
  return bytes;
}

/**
 * Reads a tensor whole.
 *
 * @throws LimitError as `readValues` does
 */
export async function readTensor(ref: TensorRef, signal?: AbortSignal): Promise<Tensor> {
  const { name, dtype, shape } = ref;
  return { name, dtype, shape, values: await readValues(ref, 0, elementCount(shape), signal) };
}
