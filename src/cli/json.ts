import { LimitError } from '../tensor/errors';

/**
 * JSON text of a result: numbers in full precision, NaN and infinities as the strings "NaN", "Infinity", "-Infinity",
 * integers beyond 2^53 as strings, typed arrays as lists.
 *
 * @throws LimitError if it is longer than a string can be: half a billion characters
 */
export function toJson(value: unknown): string {
  try {
    return JSON.stringify(value, written, 2);
  } catch (cause) {
    if (cause instanceof RangeError) {
      throw new LimitError('The answer is too long to be written.', {
        advice: 'Ask for one tensor, or for fewer rows.',
        cause,
      });
    }
    throw cause;
  }
}

function written(_: string, item: unknown): unknown {
  if (typeof item === 'number' && !Number.isFinite(item)) {
    return String(item);
  }
  if (typeof item === 'bigint') {
    return Number.isSafeInteger(Number(item)) ? Number(item) : String(item);
  }
  return ArrayBuffer.isView(item) ? Array.from(item as Float64Array) : item;
}
