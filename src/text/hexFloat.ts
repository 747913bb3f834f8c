/** A hexadecimal floating-point numeral of C, as `0x1.8p-3`. */
export const hexFloat = /^0[xX](?:[\da-fA-F]+\.?[\da-fA-F]*|\.[\da-fA-F]+)[pP][+-]?\d+/;

/** The value of a numeral that `hexFloat` matches: its digits rounded to float64, times a power of two. */
export function readHexFloat(numeral: string): number {
  const [mantissa, exponent] = numeral.slice(2).toLowerCase().split('p');
  const [whole, fraction = ''] = mantissa.split('.');
  const digits = Number(`0x${whole}${fraction}`);
  const power = Number(exponent) - 4 * fraction.length;
  // In two steps, since one power of two alone overflows or vanishes where the product need not.
  const half = Math.trunc(power / 2);
  return digits * 2 ** half * 2 ** (power - half);
}
