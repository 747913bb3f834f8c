import type { Difference } from '../norm/tensorDifference';
import type { Shape } from '../tensor/shape';

/**
 * What comparing one tensor came to.
 *
 *   equal     the same numbers
 *   close     within the tolerance everywhere
 *   rounding  outside it somewhere, but no further off than rounding in the coarser format explains
 *   differs   further off than that
 *   shape     of another shape, so that nothing was compared; `kind` likewise of complex against real
 *   unread    in a dtype that one of the files only lists
 */
export type ComparisonStatus = 'equal' | 'close' | 'rounding' | 'differs' | 'shape' | 'kind' | 'unread';

/** One tensor of the dump on trial (a) beside that of the reference (b). */
export interface TensorComparison {
  /** In the reference. */
  readonly name: string;
  /** In the dump on trial, where a rename map says that it has another. */
  readonly nameA?: string;
  readonly status: ComparisonStatus;
  /** As the files name them. */
  readonly dtypes: readonly [a: string, b: string];
  readonly shapes: readonly [a: Shape, b: Shape];
  /** Absent where nothing was compared. */
  readonly difference?: Difference;
  /** Indices of `difference.worst`. */
  readonly worstIndex?: readonly number[];
}

/** Two dumps compared tensor by tensor. */
export interface CompareReport {
  /** True if every tensor of either dump has its partner, and none differs by more than tolerance or rounding. */
  readonly equal: boolean;
  /** In the order of the network. */
  readonly tensors: readonly TensorComparison[];
  /** The first of them that differs. */
  readonly firstDivergence?: string;
  /** Why it differs, one sentence, where the numbers tell: by a point of a norm's convention, transposed, scaled. */
  readonly cause?: string;
  /** True where the files do not state the order, so that `firstDivergence` rests on the names. */
  readonly orderGuessed: boolean;
  /** In the reference alone. */
  readonly missing: readonly string[];
  /** In the dump on trial alone. */
  readonly extra: readonly string[];
  /** A beginning of names that would match half of the missing ones, were it another. */
  readonly rename?: readonly [from: string, to: string];
}
