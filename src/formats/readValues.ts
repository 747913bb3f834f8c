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
  const { name, dtype, shape, source, byteOffset, littleEndian } = ref;
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
    return decodeValues(new Uint8Array(0), dtype, littleEndian);
  }
  const axes = mergeAxes(shape, ref.strides);
  if (axes.length === 0 || (axes.length === 1 && axes[0].stride === elementBytes)) {
    const first = byteOffset + start * elementBytes;
    return decodeValues(await source.read(first, first + totalBytes, signal), dtype, littleEndian);
  }
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
  return decodeValues(bytes, dtype, littleEndian);
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
