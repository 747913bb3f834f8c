import { roundTo, smallFloats, type Overflow, type SmallFloatDtype } from './roundFloat';

const word = new DataView(new ArrayBuffer(8));

/**
 * The codes of numbers in a narrow floating-point format, rounded to nearest, ties to even; the inverse of decoding. NaN
 * becomes the quiet NaN without a sign that NumPy and ml_dtypes write: 7E00, 7FC0, 7F (e4m3fn), 7E (e5m2).
 */
export function encodeFloats(
  values: ArrayLike<number>,
  dtype: SmallFloatDtype,
  overflow: Overflow = 'ieee',
): Uint16Array {
  const { exponentBits, mantissaBits, highestExponent } = smallFloats[dtype];
  const round = roundTo(dtype, overflow);
  const bias = 2 ** (exponentBits - 1) - 1;
  const mantissas = 2 ** mantissaBits;
  const highest = (2 ** exponentBits - 1) * mantissas;
  const nan = highestExponent === 'ieee' ? highest + mantissas / 2 : highest + mantissas - 1;
  const signBit = 2 ** (exponentBits + mantissaBits);
  const codes = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const rounded = round(values[i]);
    const sign = rounded < 0 || Object.is(rounded, -0) ? signBit : 0;
    const magnitude = Math.abs(rounded);
    if (Number.isNaN(rounded)) {
      codes[i] = nan;
    } else if (magnitude === Infinity) {
      codes[i] = sign + highest;
    } else {
      word.setFloat64(0, magnitude);
      const exponent = Math.max(((word.getUint32(0) >>> 20) & 0x7ff) - 1023, 1 - bias);
      // With its hidden bit the mantissa carries into the exponent by itself; a subnormal has none to carry.
      codes[i] = sign + (exponent + bias - 1) * mantissas + magnitude * 2 ** (mantissaBits - exponent);
    }
  }
  return codes;
}
