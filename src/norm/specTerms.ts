import { formatExactly } from '../tensor/formatNumber';
import type { EvaluationName } from './arithmetic/evaluations';
import { trailingAxes, type NormKind, type NormSpec } from './normSpec';

/** The norms as people call them. */
export const kindNames: Readonly<Record<NormKind, string>> = {
  layer_norm: 'LayerNorm',
  rms_norm: 'RMSNorm',
  batch_norm: 'BatchNorm',
  group_norm: 'GroupNorm',
  instance_norm: 'InstanceNorm',
  l2_norm: 'L2 norm',
  scale_norm: 'ScaleNorm',
  dyt: 'DyT',
};

/** Where ε stands, to be read after “ε is” or “with ε”. */
export const epsPlaceWords: Readonly<Record<NormSpec['epsPlace'], string>> = {
  inside: 'inside the root',
  outside: 'outside the root',
  clamp: 'a lower clamp of the root',
};

/** A divisor as a formula has it: N or N − 1. */
export function divisorWords(divisor: NormSpec['divisor']): string {
  return divisor === 'n' ? 'N' : 'N − 1';
}

/** What is divided by, for a variance or mean square v. */
export function denominatorWords(place: NormSpec['epsPlace'], eps: string): string {
  return { inside: `√(v + ${eps})`, outside: `√v + ${eps}`, clamp: `max(√v, ${eps})` }[place];
}

/** Axes of a spec, to be read after “over”: the last axis, the last 2 axes, axis 0. */
export function axesWords(axes: readonly number[]): string {
  const count = axes.length === 1 ? '' : `${axes.length} `;
  const noun = axes.length === 1 ? 'axis' : 'axes';
  const isTrailing = axes.join() === trailingAxes(axes.length).join();
  return isTrailing ? `the last ${count}${noun}` : `${noun} ${axes.join(', ')}`;
}

/** Whose order of sums and factors an evaluation follows. */
export const evaluationWords: Readonly<Record<EvaluationName, string>> = {
  plain: 'step by step',
  'torch1-cpu': 'PyTorch 1 on a CPU',
  'torch2-cpu': 'PyTorch 2 on a CPU',
  'keras-affine': 'Keras, x · factor + term',
  'flax-fast-variance': 'Flax, with E[x²] − E[x]²',
};

/** What a part of a convention is called in the midst of a sentence, and how its value is written. */
export interface SpecTerm {
  readonly name: string;
  readonly value: (spec: NormSpec) => string;
}

/** Every part of a convention in words. */
export const specTerms: { readonly [key in keyof NormSpec]: SpecTerm } = {
  kind: { name: 'kind of norm', value: ({ kind }) => kindNames[kind] },
  axes: { name: 'normalized axes', value: ({ axes }) => axesWords(axes) },
  channelAxis: { name: 'channel axis', value: ({ channelAxis }) => String(channelAxis) },
  numGroups: { name: 'number of groups', value: ({ numGroups }) => String(numGroups) },
  eps: { name: 'ε', value: ({ eps }) => formatExactly(eps) },
  epsPlace: { name: 'place of ε', value: ({ epsPlace }) => denominatorWords(epsPlace, 'ε') },
  divisor: { name: 'divisor of the squares', value: ({ divisor }) => divisorWords(divisor) },
  secondMoment: {
    name: 'second moment',
    value: ({ secondMoment }) => (secondMoment === 'central' ? 'variance' : 'mean square'),
  },
  partial: {
    name: 'part of the row that is measured',
    value: ({ partial }) => (partial === 1 ? 'all' : `the first ${formatExactly(partial)} of it`),
  },
  weightOffset: { name: 'factor of x̂', value: ({ weightOffset }) => (weightOffset === 1 ? '1 + γ' : 'γ') },
  training: {
    name: 'source of the statistics',
    value: ({ training }) => (training ? 'batch' : 'running, where known'),
  },
  momentum: {
    name: 'momentum',
    value: ({ momentum }) => (momentum === null ? 'none: average' : formatExactly(momentum)),
  },
  momentumOf: {
    name: 'statistics that momentum multiplies',
    value: ({ momentumOf }) => (momentumOf === 'new' ? 'the batch’s' : 'those so far'),
  },
  runningDivisor: {
    name: 'divisor of the running variance',
    value: ({ runningDivisor }) => divisorWords(runningDivisor),
  },
  computeDtype: { name: 'compute dtype', value: ({ computeDtype }) => computeDtype },
  castOrder: {
    name: 'cast order',
    value: ({ castOrder }) => (castOrder === 'before-weight' ? 'before γ and after' : 'after γ'),
  },
};
