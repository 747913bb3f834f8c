/** A number as the product writes it on screen: four significant digits, 1.2e-7, integers in full, 0, NaN, ±Inf. */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) {
    return 'NaN';
  }
  if (!Number.isFinite(value)) {
    return value > 0 ? '+Inf' : '-Inf';
  }
  if (Number.isInteger(value) && Math.abs(value) < 1e9) {
    return value === 0 ? '0' : String(value);
  }
  const magnitude = Math.abs(value);
  return magnitude >= 1e-3 && magnitude < 1e6
    ? String(Number(value.toPrecision(4)))
    : value.toExponential(3).replace(/\.?0*e\+?/, 'e');
}

/** A finite number in full, in the way people write it: 1e-5, 1.1920928955078125e-7, 0.25. */
export function formatExactly(value: number): string {
  const short = formatNumber(value);
  return Number(short) === value ? short : Math.abs(value) < 1e-3 ? value.toExponential() : String(value);
}
