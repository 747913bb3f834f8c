import type { DType } from './dtype';
import { bfloat16, float16, float8E4m3fn, float8E5m2, type SmallFloatFormat } from './smallFloat';

/** The floating-point dtypes narrower than float32, and how their bits are shared out. */
export const smallFloats = { float16, bfloat16, float8_e4m3fn: float8E4m3fn, float8_e5m2: float8E5m2 } as const;
/** A floating-point format narrower than float32. */
export type SmallFloatDtype = keyof typeof smallFloats;
/** Any floating-point format. */
export type FloatDtype = 'float64' | 'float32' | SmallFloatDtype;

/**
 * What becomes of a number beyond the largest: `ieee` makes infinity of it, or NaN in a format without one; `saturate`,
 * as in ONNX's Cast, the largest number, of infinity too.
 */
export type Overflow = 'ieee' | 'saturate';

/** The format that a tensor's numbers are in: its dtype, or float64 for whole numbers. */
export function floatDtypeOf(dtype: DType): FloatDtype {
  return dtype === 'float64' || dtype === 'float32' || Object.hasOwn(smallFloats, dtype)
    ? (dtype as FloatDtype)
    : 'float64';
}

/** 2^e by e + 1023, the exponent bits of a float64: a table, since emulated half-precision arithmetic spends its time here. */
const powers = Float64Array.from({ length: 2047 }, (_, bits) => 2 ** (bits - 1023));

const word = new DataView(new ArrayBuffer(8));

/** The largest number of a format. */
export function largestOf({ exponentBits, mantissaBits, highestExponent }: SmallFloatFormat): number {
  const bias = 2 ** (exponentBits - 1) - 1;
  return highestExponent === 'ieee'
    ? (2 - 2 ** -mantissaBits) * 2 ** bias
    : (2 - 2 ** (1 - mantissaBits)) * 2 ** (bias + 1);
}

/**
 * Rounds float64 numbers to a format, to nearest, ties to even, in one step: not by way of float32, which rounds twice.
 *
 * The spacing q of the format at a value is a power of two; adding 1.5 · 2^52 q and taking it away again makes the float64
 * adder round to multiples of q, ties to even.
 */
export function roundTo(dtype: FloatDtype, overflow: Overflow = 'ieee'): (value: number) => number {
  if (dtype === 'float64') {
    return (value) => value;
  }
  if (dtype === 'float32') {
    return Math.fround;
  }
  const format = smallFloats[dtype];
  const { exponentBits, mantissaBits, highestExponent } = format;
  const smallestExponentBits = 1025 - 2 ** (exponentBits - 1);
  const magicByPower = 1.5 * 2 ** (52 - mantissaBits);
  const largest = largestOf(format);
  const beyond = overflow === 'saturate' ? largest : highestExponent === 'ieee' ? Infinity : NaN;
  return (value) => {
    const magnitude = Math.abs(value);
    if (!(magnitude > 0)) {
      return value;
    }
    if (magnitude > 2 * largest) {
      return Math.sign(value) * beyond;
    }
    word.setFloat64(0, magnitude);
    const magic = magicByPower * powers[Math.max(word.getUint32(0) >>> 20, smallestExponentBits)];
    const rounded = magnitude + magic - magic;
    const result = rounded > largest ? beyond : rounded;
    return value < 0 ? -result : result;
  };
}
