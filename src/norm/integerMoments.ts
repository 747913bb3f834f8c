import { binaryScale } from './binaryScale';
import { momentsOf, type Moments } from './moments';

/**
 * Moments of 64-bit integers. Those beyond 2^53 do not fit float64, which would round 2^53 and 2^53 + 1 to one value of
 * variance 0; so where their spread is below 2^53, the moments are those of their distances from the least, which are
 * exact, moved back. A larger spread makes rounding each value harmless.
 */
export function integerMoments(values: BigInt64Array | BigUint64Array): Moments {
  let least = values[0] ?? 0n;
  let largest = least;
  let zero = 0;
  for (const value of values) {
    least = value < least ? value : least;
    largest = value > largest ? value : largest;
    zero += value === 0n ? 1 : 0;
  }
  if (values.length === 0 || largest - least > BigInt(Number.MAX_SAFE_INTEGER)) {
    return momentsOf(Float64Array.from(values, Number));
  }
  const distances = momentsOf(Float64Array.from(values, (value) => Number(value - least)));
  const min = Number(least);
  const max = Number(largest);
  const wholeMean = Math.floor(distances.mean);
  const mean = Number(least + BigInt(wholeMean)) + (distances.mean - wholeMean);
  const absMax = Math.max(-min, max);
  const scale = binaryScale(absMax);
  const ratio = distances.scale / scale;
  const m2 = distances.m2 * ratio ** 2;
  return {
    ...distances,
    zero,
    min,
    max,
    absMax,
    mean,
    scale,
    m2,
    m3: distances.m3 * ratio ** 3,
    m4: distances.m4 * ratio ** 4,
    sumSquares: m2 + values.length * (mean / scale) ** 2,
  };
}
