/** Mean and variance (÷ divisor) of one row; without a mean, 0 and the mean square. */
export interface Moments {
  readonly mean: number;
  readonly variance: number;
}

/** What moments are taken of, and how the results are rounded. */
export interface MomentsOptions {
  readonly centred: boolean;
  /** What the sum of squares is divided by. */
  readonly divisor: number;
  /** How many axes of x the row runs along. */
  readonly axes: number;
  /** Rounds to the format that is computed in. */
  readonly round: (value: number) => number;
}

/**
 * Two passes, each operation rounded to the format; a sum is accumulated wider and then rounded, as PyTorch's reductions of
 * half-precision numbers are. In float16 the squares overflow beyond |x − mean| = 255.9, and their sum beyond 65504.
 */
export function twoPassMoments(x: Float64Array, { centred, divisor, round }: MomentsOptions): Moments {
  const mean = centred ? round(round(sumOf(x)) / x.length) : 0;
  let squares = 0;
  for (const value of x) {
    const deviation = centred ? round(value - mean) : value;
    squares += round(deviation * deviation);
  }
  return { mean, variance: round(round(squares) / divisor) };
}

/**
 * E[x²] − E[x]², at least 0: one pass, as Flax's fast variance. Loses all digits where the mean is far above the spread.
 */
export function onePassMoments(x: Float64Array, { centred, divisor, round }: MomentsOptions): Moments {
  const mean = centred ? round(round(sumOf(x)) / x.length) : 0;
  let squares = 0;
  for (const value of x) {
    squares += round(value * value);
  }
  const meanSquare = round(round(squares) / divisor);
  return { mean, variance: Math.max(0, round(meanSquare - round(mean * mean))) };
}

function sumOf(x: Float64Array): number {
  let sum = 0;
  for (const value of x) {
    sum += value;
  }
  return sum;
}
