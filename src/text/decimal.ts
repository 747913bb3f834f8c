/** 10⁰ to 10²²: the powers of ten that a float64 holds exactly. */
const powersOfTen = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/**
 * A short decimal number, mantissa × 10^exponent, by one correctly rounded operation (Clinger, "How to Read Floating
 * Point Numbers Accurately", 1990: both operands are exact).
 *
 * @param mantissa integer below 2⁵³
 * @returns NaN if the exponent lies outside -22…22, where the power of ten is not exact
 */
export function shortDecimal(mantissa: number, exponent: number): number {
  if (exponent === 0) {
    return mantissa;
  }
  if (exponent < 0) {
    return exponent < -22 ? NaN : mantissa / powersOfTen[-exponent];
  }
  return exponent > 22 ? NaN : mantissa * powersOfTen[exponent];
}

/**
 * A long decimal number, (high × 10^lowDigits + low) × 10^exponent, by division in twice float64's precision (Dekker, "A
 * Floating-Point Technique for Extending the Available Precision", 1971). Numbers printed in full have 16 or 17 digits,
 * so most of a text takes this way, several times faster than to cut the number out and convert it.
 *
 * @param high      the leading digits, an integer of up to nine
 * @param low       the digits after them, an integer
 * @param lowDigits how many those are
 * @returns NaN if there are more than nine, where the exponent lies outside -22…0 for a mantissa beyond 2⁵³, and where
 *   this precision cannot tell which way to round
 */
export function longDecimal(high: number, low: number, lowDigits: number, exponent: number): number {
  if (lowDigits > 9) {
    return NaN;
  }
  const scale = powersOfTen[lowDigits];
  const scaled = high * scale;
  const numerator = scaled + low;
  if (numerator <= Number.MAX_SAFE_INTEGER) {
    return shortDecimal(numerator, exponent);
  }
  if (exponent > 0 || exponent < -22) {
    return NaN;
  }
  const numeratorRest = productError(high, scale, scaled) + (low - (numerator - scaled));

  const divisor = powersOfTen[-exponent];
  const quotient = numerator / divisor;
  const product = quotient * divisor;
  const remainder = numerator - product - productError(quotient, divisor, product) + numeratorRest;
  const correction = remainder / divisor;
  const result = quotient + correction;
  const resultRest = correction - (result - quotient);
  // The error so far is below 2⁻¹⁰⁴ of the result; rounding is certain if sixteen times that changes nothing.
  const doubt = result * 2 ** -100;
  return result + (resultRest + doubt) === result && result + (resultRest - doubt) === result ? result : NaN;
}

/** a × b - product, exactly, for product = a × b rounded: Dekker's product from Veltkamp's halves. */
function productError(a: number, b: number, product: number): number {
  const splitA = a * 134217729;
  const highA = splitA - (splitA - a);
  const lowA = a - highA;
  const splitB = b * 134217729;
  const highB = splitB - (splitB - b);
  const lowB = b - highB;
  return lowA * lowB - (product - highA * highB - lowA * highB - highA * lowB);
}
