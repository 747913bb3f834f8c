/**
 * JSON text of a result: numbers in full precision, NaN and infinities as the strings "NaN", "Infinity", "-Infinity",
 * integers beyond 2^53 as strings, typed arrays as lists.
 */
export function toJson(value: unknown): string {
  return JSON.stringify(
    value,
    (_, item: unknown) => {
      if (typeof item === 'number' && !Number.isFinite(item)) {
        return String(item);
      }
      if (typeof item === 'bigint') {
        return Number.isSafeInteger(Number(item)) ? Number(item) : String(item);
      }
      return ArrayBuffer.isView(item) ? Array.from(item as Float64Array) : item;
    },
    2,
  );
}
