/** Mean and population variance of float32 values from exact sums: integers in units of 2^-149, float32's smallest. */
export function exactMoments(values: ArrayLike<number>): { mean: number; variance: number } {
  const n = BigInt(values.length);
  let sum = 0n;
  let squares = 0n;
  for (let i = 0; i < values.length; i++) {
    const units = float32Units(values[i]);
    sum += units;
    squares += units * units;
  }
  return {
    mean: quotient(sum, n) * 2 ** -149,
    variance: quotient(n * squares - sum * sum, n * n) * 2 ** -149 * 2 ** -149,
  };
}

/** A finite float32 as an integer multiple of 2^-149. */
function float32Units(value: number): bigint {
  const bits = new Uint32Array(Float32Array.of(value).buffer)[0];
  const exponent = (bits >>> 23) & 0xff;
  const mantissa = BigInt(bits & 0x7fffff);
  const magnitude = exponent === 0 ? mantissa : (mantissa | 0x800000n) << BigInt(exponent - 1);
  return bits >>> 31 ? -magnitude : magnitude;
}

/** a / b to more digits than float64 holds; both may be far beyond its range, the quotient up to 2^1000. */
function quotient(a: bigint, b: bigint): number {
  const guard = 80n;
  return Number((a << guard) / b) * 2 ** -80;
}
