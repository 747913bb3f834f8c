/** Headline numbers of a tensor or a row; statistics are over the finite values, variance is ÷N. */
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
  readonly variance: number;
  readonly rms: number;
  readonly l2: number;
}
