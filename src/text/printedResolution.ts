import type { ArrayLiteral } from './arrayLiteral';
import type { Printer } from './printer';

const decimals = /\.(\d+)(?:[ed]([+-]\d+))?/gi;

/** Decimals that NumPy prints at the most; with fewer, the numbers are printed in full. */
const numpyPrecision = 8;

/** Text units looked at: a print is seldom longer, and its decimals are the same throughout. */
const lookedAt = 1 << 18;

/**
 * What one step of the last decimal is worth in a printed array, the coarsest where there are exponents. PyTorch rounds to
 * as many decimals as it prints; NumPy cuts zeros off, so that only an array that needs all eight may be rounded.
 *
 * @returns undefined if the numbers are exact as printed
 */
export function printedResolution(text: string, { start, end }: ArrayLiteral, printer: Printer): number | undefined {
  let most = 0;
  let largestExponent = -Infinity;
  for (const [, digits, exponent = '0'] of text.slice(start, Math.min(end, start + lookedAt)).matchAll(decimals)) {
    most = Math.max(most, digits.length);
    largestExponent = Math.max(largestExponent, Number(exponent));
  }
  return most === 0 || (printer === 'numpy' && most < numpyPrecision)
    ? undefined
    : Number(`1e${largestExponent - most}`);
}
