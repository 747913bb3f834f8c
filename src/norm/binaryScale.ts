const bits = new DataView(new ArrayBuffer(8));
const smallestExponent = -1000;

/**
 * The power of two just below a magnitude, by which values can be divided and multiplied without rounding so that
 * their squares neither overflow nor vanish: values up to `magnitude` come out below 2.
 *
 * It is taken from the bits, since `Math.log2` rounds and may step over a power of two. It is at least 2^-1000, so that
 * its reciprocal is finite as well; even the smallest float64 then comes out as 2^-74. A magnitude that is not finite has
 * no scale: 1.
 */
export function binaryScale(magnitude: number): number {
  if (!(magnitude < Infinity)) {
    return 1;
  }
  bits.setFloat64(0, magnitude);
  const exponent = Math.max(smallestExponent, ((bits.getUint32(0) >>> 20) & 0x7ff) - 1023);
  bits.setUint32(0, (exponent + 1023) << 20);
  bits.setUint32(4, 0);
  return bits.getFloat64(0);
}
