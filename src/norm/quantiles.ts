/**
 * Quantiles of the finite values by linear interpolation between order statistics, as NumPy's default.
 *
 * @param shares each from 0 to 1
 * @returns      one per share; NaN where no value is finite
 */
export function quantiles(values: Float64Array, shares: readonly number[]): number[] {
  const sorted = values.filter(Number.isFinite).sort();
  return shares.map((share) => {
    if (sorted.length === 0) {
      return NaN;
    }
    const place = share * (sorted.length - 1);
    const low = Math.floor(place);
    const rest = place - low;
    return rest === 0 ? sorted[low] : sorted[low] * (1 - rest) + sorted[low + 1] * rest;
  });
}
