/** The norms that the engine computes, by their names in the CLI and in a dump's metadata. */
export const normKinds = [
  'layer_norm',
  'rms_norm',
  'batch_norm',
  'group_norm',
  'instance_norm',
  'l2_norm',
  'scale_norm',
  'dyt',
] as const;
/** A kind of norm. */
export type NormKind = (typeof normKinds)[number];

/** The number formats that a norm may be computed in. */
export const computeDtypes = ['float64', 'float32', 'float16', 'bfloat16'] as const;
/** A number format that a norm can be computed in. */
export type ComputeDtype = (typeof computeDtypes)[number];

/**
 * The convention a norm follows: everything that two implementations can differ in. A flat record in which every key has
 * a value, so that two specs compare key by key; `specKeys` (specKeys.ts) tells which keys mean something for a kind.
 */
export interface NormSpec {
  readonly kind: NormKind;
  /**
   * The axes whose values are normalized together, negative ones counted from the end; PyTorch's `normalized_shape` are
   * the last ones. For dyt, which takes no statistics, the axes that weight and bias run along. Not of batch_norm, group_norm
   * and instance_norm, whose axes follow from the channel axis.
   */
  readonly axes: readonly number[];
  /** batch_norm, group_norm, instance_norm: the axis that weight and bias run along; 1 in PyTorch and ONNX, −1 in Keras and Flax. */
  readonly channelAxis: number;
  /** group_norm: into how many groups the channels are cut. */
  readonly numGroups: number;
  /** In units of x squared (inside) or of x (outside, clamp). */
  readonly eps: number;
  /** `inside`: sqrt(variance + eps); `outside`: sqrt(variance) + eps; `clamp`: max(sqrt(variance), eps). */
  readonly epsPlace: 'inside' | 'outside' | 'clamp';
  /** What the sum of squares is divided by; l2_norm and scale_norm do not divide it. */
  readonly divisor: 'n' | 'n-1';
  /**
   * rms_norm: under the root stands the mean square (`raw`) or the variance (`central`), though no mean is subtracted from
   * x: Keras' LayerNormalization(rms_scaling=True).
   */
  readonly secondMoment: 'raw' | 'central';
  /** rms_norm: the leading share of each row, above 0 and at most 1, that the statistics are taken of: p of pRMSNorm. */
  readonly partial: number;
  /** 1 where the stored weight is an offset from one, as in Gemma: y = x̂ · (1 + weight). */
  readonly weightOffset: 0 | 1;
  /** batch_norm, instance_norm: statistics of the batch, also where running ones are known. */
  readonly training: boolean;
  /**
   * batch_norm, instance_norm: the share of `momentumOf` in the running statistics after a step; null for the plain average over all
   * batches, as PyTorch's momentum=None.
   */
  readonly momentum: number | null;
  /** Which statistics `momentum` multiplies: the batch's (`new`: PyTorch) or those so far (`old`: Keras, Flax, ONNX). */
  readonly momentumOf: 'new' | 'old';
  /** What the running variance is divided by: n − 1 in PyTorch, n in Keras, Flax and ONNX. */
  readonly runningDivisor: 'n' | 'n-1';
  /** The format that statistics are taken in; float64 is the engine's own arithmetic. */
  readonly computeDtype: ComputeDtype;
  /** Whether x̂ is rounded to the dtype of x before the weight is applied (Llama) or y at the end (PyTorch). */
  readonly castOrder: 'before-weight' | 'after-weight';
}

/** ε where nothing states one: PyTorch's; Llama's, T5's and Gemma's RMSNorm; the ScaleNorm of its paper's code. */
export const defaultEps: Readonly<Record<NormKind, number>> = {
  layer_norm: 1e-5,
  rms_norm: 1e-6,
  batch_norm: 1e-5,
  group_norm: 1e-5,
  instance_norm: 1e-5,
  l2_norm: 1e-12,
  scale_norm: 1e-5,
  dyt: 0,
};

/** The PyTorch convention of a kind; one group, and over the last axis where the kind names its axes. */
export function defaultSpec(kind: NormKind): NormSpec {
  return {
    kind,
    axes: [-1],
    channelAxis: 1,
    numGroups: 1,
    eps: defaultEps[kind],
    epsPlace: kind === 'l2_norm' || kind === 'scale_norm' ? 'clamp' : 'inside',
    divisor: 'n',
    secondMoment: 'raw',
    partial: 1,
    weightOffset: 0,
    training: false,
    momentum: 0.1,
    momentumOf: 'new',
    runningDivisor: 'n-1',
    computeDtype: 'float64',
    castOrder: 'after-weight',
  };
}

/** The last `count` axes, as a spec names them: [−2, −1]. */
export function trailingAxes(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i - count);
}

/** True for the kinds that subtract a mean. */
export function isCentred(kind: NormKind): boolean {
  return kind === 'layer_norm' || isChannelKind(kind);
}

/** True for the norms whose squares are of deviations from the mean, whether or not x̂ is centred too. */
export function squaresDeviations({ kind, secondMoment }: NormSpec): boolean {
  return isCentred(kind) || (kind === 'rms_norm' && secondMoment === 'central');
}

/** True for the norms that divide other values than the root is taken of. */
export function measuresApart({ kind, secondMoment, partial }: NormSpec): boolean {
  return kind === 'rms_norm' && (secondMoment === 'central' || partial < 1);
}

/** How many of the `cols` values of a row its statistics are taken of; at least one. */
export function measuredCount({ kind, partial }: NormSpec, cols: number): number {
  return kind === 'rms_norm' ? Math.max(Math.min(1, cols), Math.floor(cols * partial)) : cols;
}

/** True for the kinds that usually have a bias. */
export function usuallyBiased(kind: NormKind): boolean {
  return kind === 'dyt' || isCentred(kind);
}

/** True for the kinds whose weight and bias run along a channel axis, whatever is normalized. */
export function isChannelKind(kind: NormKind): boolean {
  return kind === 'batch_norm' || kind === 'group_norm' || kind === 'instance_norm';
}
