import { l2, rms, variance, type Moments } from '../norm/moments';

/** Headline numbers of a tensor; statistics are over the finite values, NaN where there are none. */
export interface TensorStats {
  /** All values, finite or not. */
  readonly count: number;
  readonly nan: number;
  readonly posInf: number;
  readonly negInf: number;
  readonly zero: number;
  readonly min: number;
  readonly max: number;
  readonly absMax: number;
  readonly mean: number;
  /** ÷N. */
  readonly variance: number;
  readonly rms: number;
  readonly l2: number;
}

/** The headline numbers of moments. */
export function statsOf(moments: Moments): TensorStats {
  const { count, nan, posInf, negInf, zero, min, max, absMax, mean } = moments;
  return {
    count,
    nan,
    posInf,
    negInf,
    zero,
    min,
    max,
    absMax,
    mean,
    variance: variance(moments),
    rms: rms(moments),
    l2: l2(moments),
  };
}
