import { roundTo, type FloatDtype } from '../../tensor/roundFloat';
import type { Evaluation } from './evaluations';
import { throughFloat32 } from './throughFloat32';
import {
  torch1HalfRegisters,
  torch1Registers,
  torch2HalfRegisters,
  torch2Registers,
  torchMoments,
} from './torchMoments';
import { torchSum } from './torchSum';

const f = Math.fround;
const bf = throughFloat32('bfloat16');

/** PyTorch 1.13 on a CPU with AVX2, aten/src/ATen/native/cpu/layer_norm_kernel.cpp; its build fuses products and sums. */
export const torch1LayerNorm: Evaluation = {
  moments: (x, { divisor }) => torchMoments(x, divisor, torch1Registers),
  apply: (x, { mean, rstd }, scale, bias) => f(f(x * rstd + f(-rstd * mean)) * scale + bias),
};

/** Likewise of bfloat16 numbers: statistics and −rstd · mean in bfloat16, the rest in float32. */
export const torch1HalfLayerNorm: Evaluation = {
  round: bf,
  moments: (x, { divisor }) => torchMoments(x, divisor, torch1HalfRegisters),
  rstd: halfRstd,
  apply: (x, { mean, rstd }, scale, bias) => f(f(x * rstd + bf(-rstd * mean)) * scale + bias),
};

/** PyTorch 2 on a CPU with AVX2: the mean is subtracted first. */
export function torch2LayerNorm(isHalf: boolean): Evaluation {
  const registers = isHalf ? torch2HalfRegisters : torch2Registers;
  return {
    moments: (x, { divisor }) => torchMoments(x, divisor, registers),
    apply: (x, { mean, rstd }, scale, bias) => f(f(f(x - mean) * rstd) * scale + bias),
  };
}

/** PyTorch 1.13 on a CPU, aten/src/ATen/native/cpu/group_norm_kernel.cpp: x · (rstd γ) + (β − rstd γ · mean). */
export const torchGroupNorm: Evaluation = {
  moments: (x, { divisor }) => torchMoments(x, divisor, torch1Registers),
  apply: (x, { mean, rstd }, scale, bias) => {
    const factor = f(rstd * scale);
    return f(x * factor + f(f(-factor * mean) + bias));
  },
};

/** Likewise of bfloat16 numbers, every operation in bfloat16. */
export const torchHalfGroupNorm: Evaluation = {
  round: bf,
  moments: (x, { divisor }) => torchMoments(x, divisor, torch1HalfRegisters),
  rstd: halfRstd,
  apply: (x, { mean, rstd }, scale, bias) => {
    const factor = bf(rstd * scale);
    return bf(bf(x * factor) + bf(bf(-factor * mean) + bias));
  },
};

/** ε is a bfloat16 as well. */
function halfRstd(variance: number, eps: number): number {
  return bf(1 / bf(Math.sqrt(bf(variance + bf(eps)))));
}

/**
 * PyTorch 1.13 on a CPU, aten/src/ATen/native/Normalization.cpp, which instance_norm uses as well: sums of float32 squares in
 * float64; mean, sum, variance and rstd of the batch are kept in the dtype of x. Of x (samples, channels), whose channels lie
 * side by side, the squares are of deviations from the mean as kept.
 */
export function torchBatchNorm(dtype: FloatDtype): Evaluation {
  const kept = roundTo(dtype);
  return {
    moments: (x, { axes }) => {
      const mean = f(x.reduce((sum, value) => sum + value, 0) / x.length);
      const centre = axes === 1 ? kept(mean) : mean;
      const squares = x.reduce((sum, value) => sum + f(f(value - centre) ** 2), 0);
      return { mean: kept(mean), variance: kept(kept(squares) / x.length) };
    },
    rstd: (variance, eps, isHeld) => {
      const rstd = f(1 / Math.sqrt(variance + eps));
      return isHeld ? rstd : kept(rstd);
    },
    apply: (x, { mean, rstd }, scale, bias) => {
      const factor = f(rstd * scale);
      return f(x * factor + f(-mean * factor + bias));
    },
  };
}

/** x · rsqrt(mean(x²) + eps) · γ, as PyTorch 1.13 evaluates it operation by operation, its sum in an order of its own. */
export const torchRmsNorm: Evaluation = {
  moments: (x) => ({ mean: 0, variance: f(torchSum(x.map((value) => f(value * value))) / x.length) }),
  apply: (x, { rstd }, scale, bias) => f(f(f(x * rstd) * scale) + bias),
};

/** `functional.normalize` of PyTorch 1.13 on bfloat16 numbers: the norm is summed in float32 and kept in bfloat16. */
export const torchHalfL2Norm: Evaluation = {
  round: bf,
  moments: (x) => ({ mean: 0, variance: f(x.reduce((sum, value) => sum + value * value, 0)) }),
  apply: (x, { overD }, scale, bias) => bf(bf(overD(x) * scale) + bias),
};
