import type { ArrayLiteral } from './arrayLiteral';

const longInteger = /(?<![\w.])\d{16,}(?![\d.]*[eE]|\.)/g;

/** A sentence that names an integer of an array which float64 does not hold, as of int64 beyond 2⁵³; undefined if all are exact. */
export function roundedIntegers(text: string, { start, end, values }: ArrayLiteral): string | undefined {
  // A loop, since `some` takes as long for a million numbers as reading them does.
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const magnitude = Math.abs(values[i]);
    largest = magnitude > largest ? magnitude : largest;
  }
  if (largest <= Number.MAX_SAFE_INTEGER) {
    return undefined;
  }
  for (const [digits] of text.slice(start, end).matchAll(longInteger)) {
    if (Number.isFinite(Number(digits)) && BigInt(digits) !== BigInt(Number(digits))) {
      return `Integers beyond 2⁵³ are rounded to float64: ${digits} is read as ${BigInt(Number(digits))}.`;
    }
  }
  return undefined;
}
