/** How many values fall into each of equal bins; the bins reach from the smallest finite value to the largest. */
export interface Histogram {
  /** (bins + 1,), ascending. */
  readonly edges: Float64Array;
  /** (bins,) */
  readonly counts: Float64Array;
}

/** As many as a narrow panel can show apart. */
const defaultBins = 80;

/**
 * Counts the finite values in equal bins; a value on an inner edge counts to the bin above it. Of values that are all
 * the same there is one bin of width 1 around them, of none an empty histogram.
 */
export function histogram(values: ArrayLike<number>, bins = defaultBins): Histogram {
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (Number.isFinite(value)) {
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
  }
  if (min > max) {
    return { edges: new Float64Array(0), counts: new Float64Array(0) };
  }
  const count = min === max ? 1 : bins;
  const from = min === max ? min - 0.5 : min;
  // Halves, since the difference of -1e308 and 1e308 is infinite.
  const halfWidth = min === max ? 0.5 : max / 2 - min / 2;
  const edges = Float64Array.from({ length: count + 1 }, (_, i) => from + 2 * halfWidth * (i / count));
  const counts = new Float64Array(count);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (Number.isFinite(value)) {
      counts[Math.min(count - 1, Math.floor(((value / 2 - from / 2) / halfWidth) * count))]++;
    }
  }
  return { edges, counts };
}
