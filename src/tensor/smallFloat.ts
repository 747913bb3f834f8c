/** How the bits of a narrow floating-point format are shared out: sign, exponent, mantissa, from the highest bit down. */
export interface SmallFloatFormat {
  readonly exponentBits: number;
  readonly mantissaBits: number;
  /**
   * What the highest exponent means: infinity and NaN as in IEEE 754, or numbers like any other except that the
   * code with every bit set is NaN ("fn": finite, with NaN).
   */
  readonly highestExponent: 'ieee' | 'finite-nan';
}

/** IEEE 754 binary16: largest 65504, smallest 2^-24. */
export const float16: SmallFloatFormat = { exponentBits: 5, mantissaBits: 10, highestExponent: 'ieee' };

/** The upper half of a float32: largest 3.39e38, smallest 2^-133. */
export const bfloat16: SmallFloatFormat = { exponentBits: 8, mantissaBits: 7, highestExponent: 'ieee' };

/** OCP 8-bit float with 4 exponent bits: largest 448, smallest 2^-9, no infinity. */
export const float8E4m3fn: SmallFloatFormat = { exponentBits: 4, mantissaBits: 3, highestExponent: 'finite-nan' };

/** OCP 8-bit float with 5 exponent bits: largest 57344, smallest 2^-16. */
export const float8E5m2: SmallFloatFormat = { exponentBits: 5, mantissaBits: 2, highestExponent: 'ieee' };

/**
 * The value of every code of a format, by code. Each is exact in float32.
 *
 *   value = (-1)^sign * 2^(exponent - bias) * 1.mantissa,  bias = 2^(exponentBits - 1) - 1
 *   exponent 0: (-1)^sign * 2^(1 - bias) * 0.mantissa
 */
export function smallFloatTable({ exponentBits, mantissaBits, highestExponent }: SmallFloatFormat): Float32Array {
  const mantissas = 2 ** mantissaBits;
  const highest = 2 ** exponentBits - 1;
  const bias = 2 ** (exponentBits - 1) - 1;
  const magnitudeOf = (exponent: number, mantissa: number): number => {
    if (exponent === highest && (highestExponent === 'ieee' || mantissa === mantissas - 1)) {
      return mantissa === 0 ? Infinity : NaN;
    }
    return exponent === 0
      ? (mantissa / mantissas) * 2 ** (1 - bias)
      : (1 + mantissa / mantissas) * 2 ** (exponent - bias);
  };
  const half = mantissas * (highest + 1);
  const table = new Float32Array(2 * half);
  for (let code = 0; code < half; code++) {
    table[code] = magnitudeOf(Math.floor(code / mantissas), code % mantissas);
    table[half + code] = -table[code];
  }
  return table;
}
