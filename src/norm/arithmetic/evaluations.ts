import type { FloatDtype } from '../../tensor/roundFloat';
import { defaultSpec, measuresApart, type NormSpec } from '../normSpec';
import { onePassMoments, twoPassMoments, type Moments, type MomentsOptions } from './rowMoments';
import {
  torchBatchNorm,
  torchGroupNorm,
  torchHalfGroupNorm,
  torchHalfL2Norm,
  torchRmsNorm,
  torch1HalfLayerNorm,
  torch1LayerNorm,
  torch2LayerNorm,
} from './torchEvaluations';

/** The row that a norm is being applied to, and the factors that are known of it. */
export interface RowState extends Moments {
  /** 1 / D. */
  readonly rstd: number;
  /** A value over D: times 1 / D where ε is inside the root, else divided. */
  readonly overD: (value: number) => number;
  /** Rounds to the format that is computed in. */
  readonly round: (value: number) => number;
}

/** In which order an implementation takes its sums and applies its factors; rounding alone tells them apart. */
export interface Evaluation {
  readonly moments: (x: Float64Array, options: MomentsOptions) => Moments;
  /** Rounds to the format that the kernel computes in; that of the spec unless given. */
  readonly round?: (value: number) => number;
  /** 1 / √(variance + eps), of running statistics if `isHeld`; each operation rounded unless given. */
  readonly rstd?: (variance: number, eps: number, isHeld: boolean) => number;
  /** y of one value, not yet rounded to the dtype of y; scale and bias are rounded to the format that is computed in. */
  readonly apply: (x: number, row: RowState, scale: number, bias: number) => number;
}

/** Operation by operation, as the formula is written down. */
const plain: Evaluation = {
  moments: twoPassMoments,
  apply: (x, { mean, overD, round }, scale, bias) => round(round(overD(round(x - mean)) * scale) + bias),
};

/** keras/src/layers/normalization/layer_normalization.py: x · inv + (β − mean · inv). */
const keras: Evaluation = {
  moments: twoPassMoments,
  apply: (x, { mean, rstd, round }, scale, bias) => {
    const factor = round(rstd * scale);
    return round(round(x * factor) + round(bias - round(mean * factor)));
  },
};

/** flax/linen/normalization.py `_normalize`, with its default fast variance E[x²] − E[x]². */
const flax: Evaluation = {
  moments: onePassMoments,
  apply: (x, { mean, rstd, round }, scale, bias) => round(round(round(x - mean) * round(rstd * scale)) + bias),
};

/** The orders that are known. */
export const evaluationNames = ['plain', 'torch1-cpu', 'torch2-cpu', 'keras-affine', 'flax-fast-variance'] as const;
/** The name of an order of evaluation. */
export type EvaluationName = (typeof evaluationNames)[number];

/**
 * The order of evaluation by its name. With `computeDtype` float32 the orders of PyTorch are those of its kernels, which in
 * PyTorch 1 take the statistics of bfloat16 numbers in bfloat16.
 *
 * @param dtype of x
 * @returns     undefined where it is of a library that has no such norm, or whose order for it is not known
 */
export function evaluationOf(name: EvaluationName, spec: NormSpec, dtype: FloatDtype): Evaluation | undefined {
  switch (name) {
    case 'plain':
      return plain;
    case 'keras-affine':
      return spec.epsPlace === 'inside' ? keras : undefined;
    case 'flax-fast-variance':
      return spec.epsPlace === 'inside' ? flax : undefined;
    default: {
      const { epsPlace } = defaultSpec(spec.kind);
      const isKernel =
        !measuresApart(spec) && spec.divisor === 'n' && spec.epsPlace === epsPlace && spec.castOrder === 'after-weight';
      return isKernel && spec.computeDtype === 'float32' ? torchKernel(name, spec, dtype) : undefined;
    }
  }
}

/** Of PyTorch 2 only the LayerNorm is known. PyTorch 1 has no kernels for float16, and of l2_norm only bfloat16's roundings are known. */
function torchKernel(name: 'torch1-cpu' | 'torch2-cpu', { kind }: NormSpec, dtype: FloatDtype): Evaluation | undefined {
  const isHalf = dtype === 'bfloat16';
  if (name === 'torch2-cpu') {
    return kind === 'layer_norm' ? torch2LayerNorm(isHalf || dtype === 'float16') : undefined;
  }
  if (dtype === 'float16') {
    return undefined;
  }
  switch (kind) {
    case 'layer_norm':
      return isHalf ? torch1HalfLayerNorm : torch1LayerNorm;
    case 'group_norm':
      return isHalf ? torchHalfGroupNorm : torchGroupNorm;
    case 'batch_norm':
    case 'instance_norm':
      return torchBatchNorm(isHalf ? dtype : 'float32');
    case 'rms_norm':
      return isHalf ? undefined : torchRmsNorm;
    case 'l2_norm':
      return isHalf ? torchHalfL2Norm : undefined;
    default:
      return undefined;
  }
}
