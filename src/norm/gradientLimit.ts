/** Units of roundoff that a right gradient may be off by; PyTorch's float32 kernels stay below two. */
const roundoffs = 8;
/** Kernels add in float32 at least, also where they store less. */
const sumRoundoff = 2 ** -24;
/** Agreement that is enough in any format: float64 results of other libraries differ by the order of their sums. */
const smallestLimit = 1e-12;

/**
 * What the error of a right gradient may be, in units of the element's scale: 8u for the terms, and √terms · u for each
 * sum that enters, u being float32's at most there.
 *
 * @param unit roundoff of the gradient's format
 */
export function gradientLimit(unit: number, ...terms: number[]): number {
  const sums = terms.reduce((total, count) => total + Math.sqrt(count), 0) * Math.min(unit, sumRoundoff);
  return Math.max(smallestLimit, roundoffs * unit + sums);
}
