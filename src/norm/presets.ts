import type { FloatDtype } from '../tensor/roundFloat';
import type { EvaluationName } from './arithmetic/evaluations';
import { defaultSpec, type NormKind, type NormSpec } from './normSpec';

/** A norm as a library has it: its convention, and the order in which it computes where that is known. */
export interface Preset {
  /** For options and links: kebab-case, stable. */
  readonly name: string;
  /** As its library calls it. */
  readonly title: string;
  readonly spec: NormSpec;
  readonly evaluation: EvaluationName;
  /** The default ε on float64 numbers, where it is another one. */
  readonly float64Eps?: number;
}

/** ε of an ONNX node is a float32 attribute. */
const float32Eps = Math.fround(1e-5);
const keepsOld = { momentumOf: 'old', runningDivisor: 'n' } as const;
/** x̂ is cast to the dtype of x, then multiplied by the weight in it. */
const twoStages = { castOrder: 'before-weight' } as const;

function preset(
  name: string,
  title: string,
  kind: NormKind,
  change: Partial<NormSpec> = {},
  evaluation: EvaluationName = 'plain',
): Preset {
  return { name, title, spec: { ...defaultSpec(kind), computeDtype: 'float32', ...change }, evaluation };
}

/** A preset as its library has it on numbers of a dtype: of float64 everything is computed in float64. */
export function presetOn(preset: Preset, dtype: FloatDtype): Preset {
  if (dtype !== 'float64') {
    return preset;
  }
  const { spec, float64Eps } = preset;
  return { ...preset, spec: { ...spec, computeDtype: 'float64', eps: float64Eps ?? spec.eps }, evaluation: 'plain' };
}

/**
 * The conventions of well-known implementations, all with statistics in float32. Each ε is the default; a model's
 * configuration may override it. Sources: PyTorch torch/nn/modules, transformers modeling_{llama,gemma,t5,bert}.py, keras
 * src/layers/normalization, flax/linen/normalization.py, ONNX docs/Operators.md, onnxruntime ContribOperators.md, the code of
 * "Root Mean Square Layer Normalization" (bzhangGo/rmsnorm), "The Annotated Transformer".
 */
export const presets: readonly Preset[] = [
  preset('pytorch-layer-norm', 'torch.nn.LayerNorm', 'layer_norm', {}, 'torch2-cpu'),
  preset('pytorch1-layer-norm', 'torch.nn.LayerNorm of PyTorch 1 on a CPU', 'layer_norm', {}, 'torch1-cpu'),
  { ...preset('pytorch-rms-norm', 'torch.nn.RMSNorm', 'rms_norm', { eps: 2 ** -23 }), float64Eps: 2 ** -52 },
  preset('pytorch-batch-norm', 'torch.nn.BatchNorm', 'batch_norm'),
  preset('pytorch-group-norm', 'torch.nn.GroupNorm', 'group_norm'),
  preset('pytorch-instance-norm', 'torch.nn.InstanceNorm', 'instance_norm', { training: true }),
  preset('pytorch-normalize', 'torch.nn.functional.normalize', 'l2_norm'),
  preset('llama', 'LlamaRMSNorm of Hugging Face', 'rms_norm', twoStages),
  preset('t5', 'T5LayerNorm of Hugging Face', 'rms_norm', twoStages),
  preset('gemma', 'GemmaRMSNorm', 'rms_norm', { weightOffset: 1 }),
  preset('bert', 'LayerNorm of BERT', 'layer_norm', { eps: 1e-12 }),
  preset('keras-layer-norm', 'keras.layers.LayerNormalization', 'layer_norm', { eps: 1e-3 }, 'keras-affine'),
  preset('keras-rms-norm', 'keras.layers.RMSNormalization', 'rms_norm'),
  preset('keras-batch-norm', 'keras.layers.BatchNormalization', 'batch_norm', {
    eps: 1e-3,
    channelAxis: -1,
    momentum: 0.99,
    ...keepsOld,
  }),
  preset('keras-unit-norm', 'keras.layers.UnitNormalization', 'l2_norm'),
  preset('keras-group-norm', 'keras.layers.GroupNormalization', 'group_norm', {
    eps: 1e-3,
    channelAxis: -1,
    numGroups: 32,
  }),
  preset('flax-layer-norm', 'flax.linen.LayerNorm', 'layer_norm', { eps: 1e-6 }, 'flax-fast-variance'),
  preset('flax-rms-norm', 'flax.linen.RMSNorm', 'rms_norm'),
  preset('flax-batch-norm', 'flax.linen.BatchNorm', 'batch_norm', { channelAxis: -1, momentum: 0.99, ...keepsOld }),
  preset('flax-group-norm', 'flax.linen.GroupNorm', 'group_norm', { eps: 1e-6, channelAxis: -1, numGroups: 32 }),
  preset('flax-instance-norm', 'flax.linen.InstanceNorm', 'instance_norm', {
    eps: 1e-6,
    channelAxis: -1,
    training: true,
  }),
  preset('flax-l2-norm', 'L2 normalization of flax.linen.WeightNorm', 'l2_norm', { epsPlace: 'inside' }),
  preset('onnx-layer-norm', 'ONNX LayerNormalization', 'layer_norm', { eps: float32Eps, ...twoStages }),
  preset('onnx-rms-norm', 'ONNX RMSNormalization', 'rms_norm', { eps: float32Eps, ...twoStages }),
  preset('onnx-batch-norm', 'ONNX BatchNormalization', 'batch_norm', {
    eps: float32Eps,
    momentum: 0.9,
    ...keepsOld,
  }),
  preset('onnx-group-norm', 'ONNX GroupNormalization', 'group_norm', { eps: float32Eps, ...twoStages }),
  preset('onnx-instance-norm', 'ONNX InstanceNormalization', 'instance_norm', { eps: float32Eps, training: true }),
  {
    // A row of zeros stays one, and all others are divided by their length alone: the least numbers with a reciprocal.
    ...preset('onnx-lp-norm', 'ONNX LpNormalization, p = 2', 'l2_norm', { eps: 2 ** -126 }),
    float64Eps: 2 ** -1022,
  },
  preset('onnx-mvn', 'ONNX MeanVarianceNormalization', 'batch_norm', {
    eps: Math.fround(1e-9),
    epsPlace: 'outside',
    training: true,
  }),
  preset('ort-layer-norm', 'LayerNormalization of ONNX Runtime, rounded once', 'layer_norm', { eps: float32Eps }),
  preset('ort-simplified-layer-norm', 'SimplifiedLayerNormalization of ONNX Runtime', 'rms_norm', { eps: float32Eps }),
  preset('ort-skip-layer-norm', 'SkipLayerNormalization of ONNX Runtime, on the sum', 'layer_norm', { eps: 1e-12 }),
  preset('ort-skip-simplified', 'SkipSimplifiedLayerNormalization of ONNX Runtime, on the sum', 'rms_norm', {
    eps: 1e-12,
  }),
  preset('keras-rms-scaling', 'keras.layers.LayerNormalization with rms_scaling', 'rms_norm', {
    eps: 1e-3,
    secondMoment: 'central',
  }),
  preset('original-rms-norm', 'RMSNorm of its paper’s code', 'rms_norm', { eps: 1e-8, epsPlace: 'outside' }),
  preset('original-partial-rms-norm', 'pRMSNorm of its paper’s code, 6.25 %', 'rms_norm', {
    eps: 1e-8,
    epsPlace: 'outside',
    partial: 0.0625,
  }),
  preset('annotated-transformer', 'LayerNorm of The Annotated Transformer', 'layer_norm', {
    eps: 1e-6,
    epsPlace: 'outside',
    divisor: 'n-1',
  }),
  preset('scale-norm', 'ScaleNorm of its paper’s code', 'scale_norm'),
  preset('qk-norm', 'QKNorm: L2 norm of queries or keys times a learned scalar', 'scale_norm', { eps: 1e-12 }),
  preset('dyt', 'DyT of its paper’s code', 'dyt'),
];
