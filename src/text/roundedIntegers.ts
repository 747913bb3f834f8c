import type { ArrayLiteral } from './arrayLiteral';

const longInteger = /(?<![\w.])\d{16,}(?![\d.]*[eE]|\.)/g;

/** A sentence that names an integer of an array which float64 does not hold, as of int64 beyond 2⁵³; undefined if all are exact. */
export function roundedIntegers(text: string, { start, end, values }: ArrayLiteral): string | undefined {
  if (!exceedsIntegers(values)) {
    return undefined;
  }
  for (const [digits] of text.slice(start, end).matchAll(longInteger)) {
    if (Number.isFinite(Number(digits)) && BigInt(digits) !== BigInt(Number(digits))) {
      return `Integers beyond 2⁵³ are rounded to float64: ${digits} is read as ${BigInt(Number(digits))}.`;
    }
  }
  return undefined;
}

/** Whether a value lies beyond the integers that float64 holds all of. A loop: `some` takes as long as reading a million numbers. */
function exceedsIntegers(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) {
    if (values[i] > Number.MAX_SAFE_INTEGER || values[i] < -Number.MAX_SAFE_INTEGER) {
      return true;
    }
  }
  return false;
}
