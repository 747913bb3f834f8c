import type { RowGradient } from './rowGradient';

/** Which terms a wrong input gradient has beside rstd · g: none, that through the mean, that through the variance. */
export type WrongBackward = 'naive' | 'mean-only' | 'variance-only';

/** A way to get the input gradient wrong that is common enough to be named. */
interface WrongGradient {
  readonly backward: WrongBackward;
  readonly explanation: string;
  /** Whether the terms through mean and variance are there. */
  readonly mean: 0 | 1;
  readonly variance: 0 | 1;
  /** Largest error against it, in the units of the elements' scales. */
  error: number;
  /** Sum of the squared errors against it, each in units of its row's rstd · max|g|. */
  squares: number;
}

/**
 * Holds an input gradient against the right one and against those that leave out the term through the mean, through the
 * variance, or both.
 */
export class WrongGradients {
  private readonly candidates: WrongGradient[];
  private count = 0;
  private squares = 0;

  /** @param centred false for rms_norm, whose right gradient has no term through the mean */
  constructor(centred: boolean) {
    const of = (backward: WrongBackward, explanation: string, mean: 0 | 1, variance: 0 | 1) => ({
      backward,
      explanation,
      mean,
      variance,
      error: 0,
      squares: 0,
    });
    this.candidates = centred
      ? [
          of('naive', 'It equals the gradient with mean and variance held constant.', 0, 0),
          of(
            'mean-only',
            'It equals the gradient without the variance correction: only the mean is differentiated.',
            1,
            0,
          ),
          of(
            'variance-only',
            'It equals the gradient without the mean correction: only the variance is differentiated.',
            0,
            1,
          ),
        ]
      : [of('naive', 'It equals the gradient with the mean square held constant.', 0, 0)];
  }

  /**
   * Adds one element.
   *
   * @param row   entered on the element's row
   * @param found the gradient on trial
   * @param c     which element of the row
   * @param scale what its error is measured in
   */
  add(row: RowGradient, found: number, c: number, scale: number): void {
    const { rstd, meanOfG, varianceTerm, largestG, g, normalized } = row;
    const rowScale = rstd * largestG;
    const ofMean = -rstd * meanOfG;
    const ofVariance = -varianceTerm * normalized[c];
    const heldConstant = rstd * g[c];
    if (rowScale === 0) {
      return;
    }
    this.count++;
    this.squares += ((found - heldConstant - ofMean - ofVariance) / rowScale) ** 2;
    for (const candidate of this.candidates) {
      const error = found - heldConstant - candidate.mean * ofMean - candidate.variance * ofVariance;
      candidate.error = Math.max(candidate.error, Math.abs(error) / scale);
      candidate.squares += (error / rowScale) ** 2;
    }
  }

  /**
   * What the gradient on trial really is.
   *
   * @param limit on the largest error, by which the right gradient is judged too
   * @param unit  roundoff of the format; a gradient that is right to half of it on the average is right
   * @returns     its kind and one sentence; undefined unless a wrong gradient is within the limit everywhere and fits at least twice as
   *              well as the right one, in the root mean square. In bfloat16 the limit alone cannot tell them apart
   */
  finding(limit: number, unit: number): { backward: WrongBackward; explanation: string } | undefined {
    const best = this.candidates.reduce((a, b) => (b.squares < a.squares ? b : a));
    const isWrong = best.error <= limit && 4 * best.squares < this.squares;
    return isWrong && Math.sqrt(this.squares / this.count) > unit / 2 ? best : undefined;
  }
}
