/** 10⁰ to 10²²: the powers of ten that a float64 holds exactly. */
const exactPowers = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/** Exponents whose powers of ten are kept: far enough from the ends of float64 that no product below over- or underflows. */
const largestExponent = 250;
/** 10^exponent, at exponent + 250, as the sum of the nearest float64 and of what that leaves; NaN before its first use. */
const powers = new Float64Array(2 * largestExponent + 1).fill(NaN);
const powerRests = new Float64Array(2 * largestExponent + 1);

/**
 * A short decimal number, mantissa × 10^exponent: by one correctly rounded operation where the power of ten is exact
 * (Clinger, "How to Read Floating Point Numbers Accurately", 1990).
 *
 * @param mantissa integer below 2⁵³
 * @returns NaN if the exponent lies outside -250…250, or twice float64's precision cannot tell which way to round
 */
export function shortDecimal(mantissa: number, exponent: number): number {
  if (exponent === 0) {
    return mantissa;
  }
  if (exponent < 0) {
    return exponent < -22 ? scaled(mantissa, 0, exponent) : mantissa / exactPowers[-exponent];
  }
  return exponent > 22 ? scaled(mantissa, 0, exponent) : mantissa * exactPowers[exponent];
}

/**
 * A long decimal number, (high × 10^lowDigits + low) × 10^exponent. Numbers printed in full have 16 or 17 digits, so most of
 * a text takes this way, several times faster than to cut the number out and convert it.
 *
 * @param high      the leading digits, an integer of up to nine
 * @param low       the digits after them, an integer
 * @param lowDigits how many those are
 * @returns NaN if there are more than nine, or where `shortDecimal` gives it
 */
export function longDecimal(high: number, low: number, lowDigits: number, exponent: number): number {
  if (lowDigits > 9) {
    return NaN;
  }
  const scale = exactPowers[lowDigits];
  const product = high * scale;
  const mantissa = product + low;
  if (mantissa <= Number.MAX_SAFE_INTEGER) {
    return shortDecimal(mantissa, exponent);
  }
  return scaled(mantissa, productError(high, scale, product) + (low - (mantissa - product)), exponent);
}

/**
 * (mantissa + rest) × 10^exponent in twice float64's precision (Dekker, "A Floating-Point Technique for Extending the
 * Available Precision", 1971).
 *
 * @returns NaN if the exponent lies outside -250…250, or where this precision cannot tell which way to round
 */
function scaled(mantissa: number, rest: number, exponent: number): number {
  const at = exponent + largestExponent;
  if (at < 0 || at >= powers.length) {
    return NaN;
  }
  if (powers[at] !== powers[at]) {
    powers[at] = Number(`1e${exponent}`);
    powerRests[at] = powerRest(powers[at], exponent);
  }
  const power = powers[at];
  const product = mantissa * power;
  const correction = productError(mantissa, power, product) + (mantissa * powerRests[at] + rest * power);
  const result = product + correction;
  const resultRest = correction - (result - product);
  // The error so far is below 2⁻¹⁰³ of the result; rounding is certain if eight times that changes nothing.
  const doubt = result * 2 ** -100;
  return result + (resultRest + doubt) === result && result + (resultRest - doubt) === result ? result : NaN;
}

/** 10^exponent less the float64 nearest to it, to float64's precision. */
function powerRest(power: number, exponent: number): number {
  // The float64 is integer / 2^fraction, the power of ten dividend / divisor.
  const fraction = Math.max(0, 53 - Math.floor(Math.log2(power)));
  const integer = BigInt(power * 2 ** fraction);
  const ten = 10n ** BigInt(Math.abs(exponent));
  const [dividend, divisor] = exponent < 0 ? [1n, ten] : [ten, 1n];
  const whole = dividend << BigInt(fraction);
  // As a part of the power, some 2⁻⁵⁴, to 160 binary digits.
  return (Number(((whole - integer * divisor) << 160n) / whole) / 2 ** 160) * power;
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
