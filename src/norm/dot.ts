/** Σ a b, for arrays of equal length. */
export function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}

/** The Euclidean length √(Σ v²). */
export function lengthOf(values: Float64Array): number {
  return Math.sqrt(dot(values, values));
}
