import { mergeMoments, type Moments } from '../norm/moments';

/** Moments of some values; `exactMin` and `exactMax` are there for 64-bit integers, which float64 may round. */
export interface ExactMoments extends Moments {
  readonly exactMin?: bigint;
  readonly exactMax?: bigint;
}

/** The moments of no values: what merging begins with. */
export const noMoments: ExactMoments = {
  count: 0,
  nan: 0,
  posInf: 0,
  negInf: 0,
  zero: 0,
  min: NaN,
  max: NaN,
  absMax: NaN,
  mean: NaN,
  scale: 1,
  m2: 0,
  m3: 0,
  m4: 0,
  sumSquares: 0,
};

/** Moments of two stretches of values together, as `mergeMoments`. */
export function mergeExact(a: ExactMoments, b: ExactMoments): ExactMoments {
  const merged = mergeMoments(a, b);
  const { exactMin, exactMax } = a.exactMin === undefined ? b : a;
  if (exactMin === undefined || exactMax === undefined) {
    return merged;
  }
  return {
    ...merged,
    exactMin: b.exactMin !== undefined && b.exactMin < exactMin ? b.exactMin : exactMin,
    exactMax: b.exactMax !== undefined && b.exactMax > exactMax ? b.exactMax : exactMax,
  };
}
