/** The norms that the engine computes, by their names in the CLI and in a dump's metadata. */
export const normKinds = ['layer_norm', 'rms_norm'] as const;
export type NormKind = (typeof normKinds)[number];

/** The convention a norm follows: everything that two implementations can differ in. */
export interface NormSpec {
  readonly kind: NormKind;
  /** How many trailing axes are normalized together; PyTorch's `len(normalized_shape)`. */
  readonly normalizedAxes: number;
  /** In units of x squared (inside) or of x (outside, clamp). */
  readonly eps: number;
  /** `inside`: sqrt(variance + eps); `outside`: sqrt(variance) + eps; `clamp`: max(sqrt(variance), eps). */
  readonly epsPlace: 'inside' | 'outside' | 'clamp';
  /** What the sum of squares is divided by. */
  readonly divisor: 'n' | 'n-1';
  /** 1 where the stored weight is an offset from one, as in Gemma: y = x̂ · (1 + weight). */
  readonly weightOffset: 0 | 1;
}

/** ε where nothing states one: PyTorch's LayerNorm; Llama's, T5's and Gemma's RMSNorm. */
export const defaultEps: Readonly<Record<NormKind, number>> = { layer_norm: 1e-5, rms_norm: 1e-6 };

/** The PyTorch convention of a kind over its last axis. */
export function defaultSpec(kind: NormKind): NormSpec {
  return { kind, normalizedAxes: 1, eps: defaultEps[kind], epsPlace: 'inside', divisor: 'n', weightOffset: 0 };
}
