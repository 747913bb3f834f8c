import type { TensorRef } from '../formats/dump';
import { byteLength, readTensor } from '../formats/readValues';
import { formatNumber } from '../tensor/formatNumber';
import { elementCount } from '../tensor/shape';
import { toFloat64 } from '../tensor/tensor';

/** Bytes of either tensor. */
const maxBytes = 2 ** 26;
/** Fewer numbers than this are met by some factor or offset by chance. */
const minValues = 4;

/**
 * The simple way in which a tensor is made from a reference that it differs from: transposed, reshaped, scaled or shifted, as
 * happens when weights are converted.
 *
 * @param limit how far rounding may drive the two apart, relative to the largest value
 * @returns     a sentence about the tensor; undefined where none of these explains it, or it is too large to be read
 * @throws      FormatError, LimitError if a tensor cannot be read
 */
export async function simpleRelation(
  a: TensorRef,
  b: TensorRef,
  limit: number,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const count = elementCount(b.shape);
  if (elementCount(a.shape) !== count || count < minValues || Math.max(byteLength(a), byteLength(b)) > maxBytes) {
    return undefined;
  }
  const x = toFloat64(await readTensor(a, signal));
  const y = toFloat64(await readTensor(b, signal));
  const largest = (values: Float64Array) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const allowed = limit * Math.max(largest(x), largest(y));
  const isMade = (from: (i: number) => number) => x.every((value, i) => Math.abs(value - from(i)) <= allowed);
  const isSameShape = a.shape.join() === b.shape.join();
  if (!isSameShape && isMade((i) => y[i])) {
    return 'It holds the numbers of the reference in the same order, in another shape.';
  }
  if (a.shape.length === 2 && a.shape.toReversed().join() === b.shape.join()) {
    const [rows, cols] = a.shape;
    if (isMade((i) => y[(i % cols) * rows + Math.floor(i / cols)])) {
      return 'It is the reference transposed.';
    }
  }
  return isSameShape ? scaledOrShifted(x, y, isMade) : undefined;
}

function scaledOrShifted(
  x: Float64Array,
  y: Float64Array,
  isMade: (from: (i: number) => number) => boolean,
): string | undefined {
  const factor = sum(x, (value, i) => value * y[i]) / sum(y, (value) => value * value);
  if (factor !== 0 && isMade((i) => factor * y[i])) {
    return factor === -1
      ? 'It is the reference with the sign turned.'
      : `It is the reference times ${formatNumber(factor)}.`;
  }
  const offset = sum(x, (value, i) => value - y[i]) / x.length;
  if (!isMade((i) => y[i] + offset)) {
    return undefined;
  }
  const isOne = Math.abs(Math.abs(offset) - 1) < 1e-2;
  return (
    `It is the reference ${offset < 0 ? 'less' : 'plus'} ${formatNumber(Math.abs(offset))}` +
    (isOne ? ', as where one of the two stores weights as offsets from one.' : '.')
  );
}

function sum(values: Float64Array, of: (value: number, i: number) => number): number {
  return values.reduce((total, value, i) => total + of(value, i), 0);
}
