import type { ExponentialLaw, PowerLaw } from '../norm/powerLaw';
import type { Placement } from '../norm/placement';

/** One kind of tensor through the layers of a network, as "blocks.*.resid_post". */
export interface DepthSeries {
  /** The names of its tensors with * for the number of the block. */
  readonly pattern: string;
  readonly kind: 'activation' | 'gradient' | 'parameter';
  /** Number of the block, ascending. */
  readonly blocks: readonly number[];
  readonly names: readonly string[];
  /** Per block, over the finite values; variance is ÷N. */
  readonly mean: readonly number[];
  readonly variance: readonly number[];
  readonly rms: readonly number[];
  readonly absMax: readonly number[];
  /** Counts of values that are not finite. */
  readonly nan: readonly number[];
  readonly inf: readonly number[];
}

/** One tensor with NaN or Inf, in the order of the network. */
export interface SpreadStep {
  readonly name: string;
  readonly nan: number;
  readonly inf: number;
  /** Of all its values. */
  readonly share: number;
}

/** One training step of a dump that holds several. */
export interface StepSummary {
  readonly step: number;
  readonly tensors: number;
  /** Largest finite magnitude among activations. */
  readonly absMax: number;
  /** ‖·‖ of all gradients together; absent without any. */
  readonly gradientNorm?: number;
  readonly nan: number;
  readonly inf: number;
  /** The first tensor of the step with NaN or Inf. */
  readonly firstBad?: string;
}

/** What a dump of a whole network tells of its depth. */
export interface DepthReport {
  /** Ascending; empty unless the names tell two training steps at least. The series are then those of the last one. */
  readonly steps: readonly StepSummary[];
  readonly series: readonly DepthSeries[];
  /** Pattern of the residual stream after a block; absent where no series looks like one. */
  readonly stream?: string;
  /** RMS of the stream against 1 + number of the block; 0.5 is what independent branches add up to. */
  readonly growth?: PowerLaw;
  /** Present where the RMS is multiplied by the same with every block instead. */
  readonly exponentialGrowth?: ExponentialLaw;
  /** Cosine of the stream after a block and after the next, averaged over the rows that are finite and not zero; one fewer than there are blocks. */
  readonly neighbourCosine: readonly number[];
  /** Where the norms stand, by the data of the first blocks; absent where no two blocks can be told. */
  readonly placement?: Placement;
  /** Tensors with NaN or Inf: the first is where they begin, in a log the one with the earliest record. */
  readonly spread: readonly SpreadStep[];
  /** True where the order is guessed from the names. */
  readonly orderGuessed: boolean;
}
