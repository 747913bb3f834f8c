import type { Shape } from '../src/protocol';

/** A number as the page shows it: four significant digits, 1.2e-7, integers in full, 0, NaN, +Inf and -Inf. */
export function formatNumber(value: number, digits = 4): string {
  if (!Number.isFinite(value)) {
    return formatFull(value);
  }
  const magnitude = Math.abs(value);
  if (Number.isInteger(value) && magnitude < 1e9) {
    return String(value + 0);
  }
  return magnitude >= 1e-3 && magnitude < 1e6
    ? String(Number(value.toPrecision(digits)))
    : value.toExponential(digits - 1).replace(/\.?0*e\+?/, 'e');
}

/** A number with every digit that float64 holds of it, for tooltips and copies. */
export function formatFull(value: number): string {
  if (Number.isNaN(value)) {
    return 'NaN';
  }
  return Number.isFinite(value) ? String(value + 0) : value > 0 ? '+Inf' : '-Inf';
}

/** ε in full, in the way people write it: 1e-5 where `String` has 0.00001. */
export function formatEps(eps: number): string {
  return eps > 0 && eps < 1e-3 ? eps.toExponential() : String(eps);
}

/** Real and imaginary part of a complex value in the host's text, as in 0.5-1e-7j. */
const complexText = /^(.*?[^e])([+-].+)j$/;

/** One value of a table cell: a number, or the host's text of one that float64 cannot hold. */
export function formatValue(value: number | string): string {
  if (typeof value === 'number') {
    return formatNumber(value);
  }
  const complex = complexText.exec(value);
  if (complex === null) {
    return value;
  }
  const [re, im] = [formatNumber(Number(complex[1])), formatNumber(Number(complex[2]))];
  return `${re}${/^[+-]/.test(im) ? '' : '+'}${im}j`;
}

/** A shape as the whole product writes it: (2, 64, 128), (128), and () for a single number. */
export function formatShape(shape: Shape): string {
  return `(${shape.join(', ')})`;
}

/** Bytes to three digits, in steps of 1000: 512 B, 65.5 kB, 1.23 GB. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let unit = 0;
  let amount = bytes;
  // 999.5 would be rounded to 1000 of the smaller unit.
  while (amount >= (unit === 0 ? 1000 : 999.5) && unit < units.length - 1) {
    amount /= 1000;
    unit++;
  }
  return `${unit === 0 ? amount : amount.toPrecision(3)} ${units[unit]}`;
}

/** How many of something: "1 row", "12 rows". */
export function formatCount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
