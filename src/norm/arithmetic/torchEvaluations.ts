import type { Evaluation } from './evaluations';
import type { Moments } from './rowMoments';
import { torchMoments } from './torchMoments';
import { torchSum } from './torchSum';

const f = Math.fround;

/** PyTorch 1.13 on a CPU with AVX2, aten/src/ATen/native/cpu/layer_norm_kernel.cpp; its build fuses products and sums. */
export const torch1LayerNorm: Evaluation = {
  moments: (x, options) => torchMoments(x, options, false, false),
  apply: (x, { mean, rstd }, scale, bias) => f(f(x * rstd + f(-rstd * mean)) * scale + bias),
};

/** PyTorch 2 on a CPU with AVX2: the mean is subtracted first. */
export function torch2LayerNorm(isHalf: boolean): Evaluation {
  return {
    moments: (x, options) => torchMoments(x, options, isHalf, true),
    apply: (x, { mean, rstd }, scale, bias) => f(f(f(x - mean) * rstd) * scale + bias),
  };
}

/** PyTorch 1.13 on a CPU, aten/src/ATen/native/cpu/group_norm_kernel.cpp: x · (rstd γ) + (β − rstd γ · mean). */
export const torchGroupNorm: Evaluation = {
  moments: (x, options) => torchMoments(x, options, false, false),
  apply: (x, { mean, rstd }, scale, bias) => {
    const factor = f(rstd * scale);
    return f(x * factor + f(f(-factor * mean) + bias));
  },
};

/**
 * PyTorch 1.13 on a CPU, aten/src/ATen/native/cpu/batch_norm_kernel.cpp, which instance_norm uses as well: sums of float32
 * squares in float64, kept as float32.
 */
export const torchBatchNorm: Evaluation = {
  moments: batchMoments,
  rstd: (variance, eps) => f(1 / Math.sqrt(variance + eps)),
  apply: (x, { mean, rstd }, scale, bias) => {
    const factor = f(rstd * scale);
    return f(x * factor + f(-mean * factor + bias));
  },
};

function batchMoments(x: Float64Array): Moments {
  const mean = f(x.reduce((sum, value) => sum + value, 0) / x.length);
  const squares = x.reduce((sum, value) => sum + f(f(value - mean) ** 2), 0);
  return { mean, variance: f(squares) / x.length };
}

/** x · rsqrt(mean(x²) + eps) · γ, as PyTorch 1.13 evaluates it operation by operation, its sum in an order of its own. */
export const torchRmsNorm: Evaluation = {
  moments: (x) => ({ mean: 0, variance: f(torchSum(x.map((value) => f(value * value))) / x.length) }),
  apply: (x, { rstd }, scale, bias) => f(f(f(x * rstd) * scale) + bias),
};
