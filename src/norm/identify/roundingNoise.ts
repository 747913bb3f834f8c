import type { Precision } from '../precision';

/** Float32 is the coarsest that a careful kernel takes statistics in; the finest is what sums in float64 reach. */
export const statisticsUnit = ({ unit }: Precision) => Math.max(Math.min(unit, 2 ** -24), 2 ** -50);

/** True for formats so coarse that only the rounding of y itself shows, not that of its statistics. */
export const isCoarse = ({ unit }: Precision) => unit > 2 ** -20;

/**
 * The score, a root mean square in units of `RoundingNoise`, up to which rounding explains a residual. Float32 kernels
 * were measured to stay within 4 units, since they err in the statistics too; in half precision the rounding of y outweighs
 * that, and it is never more than one unit.
 */
export const explainedScore = (precision: Precision) => (isCoarse(precision) ? 1 : 8);

/** The score of a part from which on no convention is expected to explain the whole. */
export const hopelessScore = (precision: Precision) => 4 * explainedScore(precision);

/** How far rounding alone may take a value of y = x̂ · scale + shift from what a convention says. */
export class RoundingNoise {
  /** Unit roundoff of y. */
  readonly unit: number;
  private readonly ofOutput: number;
  private readonly ofProduct: number;
  private readonly ofStatistics: number;
  private readonly floor: number;

  /**
   * @param precision    of y
   * @param statisticsIn the unit roundoff of the format that statistics are taken in
   */
  constructor(precision: Precision, statisticsIn = statisticsUnit(precision)) {
    this.unit = precision.unit;
    this.ofOutput = precision.unit ** 2;
    // Llama's order rounds the product before the shift is added; in wider formats a kernel keeps it in a register.
    this.ofProduct = isCoarse(precision) ? precision.unit ** 2 : 0;
    this.ofStatistics = statisticsIn ** 2;
    this.floor = precision.quantum ** 2;
  }

  /**
   * The square of it: of u |y|, of u |y − shift| where a product is rounded, and of u′ offset (size + |product|) for statistics.
   *
   * @param product x̂ · scale
   * @param size    what `product` is where x̂ is as large as the row's values are on average
   * @param offset  2 + |mean| / √V of the row
   */
  squared(y: number, shift: number, product: number, size: number, offset: number): number {
    const unshifted = y - shift;
    const spread = offset * (Math.abs(size) + Math.abs(product));
    return (
      this.ofOutput * y * y + this.ofProduct * unshifted * unshifted + this.floor + this.ofStatistics * spread * spread
    );
  }
}
