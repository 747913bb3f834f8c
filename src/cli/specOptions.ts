import { evaluationNames, type EvaluationName } from '../norm/arithmetic/evaluations';
import { computeDtypes, defaultSpec, isChannelKind, normKinds, trailingAxes, type NormSpec } from '../norm/normSpec';
import { presetOn, presets, type Preset } from '../norm/presets';
import type { CaseNames } from '../norm/sites';
import type { DType } from '../tensor/dtype';
import { ShapeError } from '../tensor/errors';
import { floatDtypeOf } from '../tensor/roundFloat';
import { formatShape, resolveAxes, type Shape } from '../tensor/shape';
import type { Tensor } from '../tensor/tensor';
import type { Options } from './command';
import { integerList } from './integerList';
import { nearestHint } from './nearest';
import { numberOption } from './numberOption';
import { UsageError } from './usageError';

/** Options that say which convention a norm follows. */
export const specOptions = {
  preset: { type: 'string', value: 'NAME', help: 'the convention of a library, such as llama or pytorch-layer-norm' },
  kind: {
    type: 'string',
    value: 'KIND',
    help: 'layer_norm, rms_norm, batch_norm, group_norm, instance_norm, l2_norm, scale_norm or dyt',
  },
  eps: { type: 'string', value: 'NUMBER', help: 'ε' },
  'eps-place': {
    type: 'string',
    value: 'inside|outside|clamp',
    help: 'where ε stands: inside the root or outside, or as its least value',
  },
  divisor: { type: 'string', value: 'n|n-1', help: 'of the sum of squares' },
  'weight-offset': { type: 'string', value: '0|1', help: '1 if the norm multiplies by 1 + weight' },
  'second-moment': {
    type: 'string',
    value: 'raw|central',
    help: 'what an rms_norm divides by: the mean square or the variance',
  },
  partial: { type: 'string', value: 'SHARE', help: 'the first part of a row that an rms_norm measures' },
  'normalized-shape': { type: 'string', value: 'LENGTHS', help: 'of the last axes, which are normalized, as 4,8' },
  axes: { type: 'string', value: 'AXES', help: 'that are normalized, as 0,2 or -1' },
  'channel-axis': { type: 'string', value: 'AXIS', help: 'of batch_norm, group_norm and instance_norm' },
  'num-groups': { type: 'string', value: 'NUMBER', help: 'of a group_norm' },
  'compute-dtype': { type: 'string', value: 'DTYPE', help: 'rounds every operation to float32, float16 or bfloat16' },
  'cast-order': { type: 'string', value: 'before-weight|after-weight', help: 'when the result is cast back' },
  training: { type: 'boolean', help: 'takes the statistics of the batch though running ones are named' },
  momentum: { type: 'string', value: 'NUMBER', help: 'of the running statistics; none for the average of all batches' },
  'momentum-of': { type: 'string', value: 'new|old', help: 'which statistics momentum multiplies' },
  'running-divisor': { type: 'string', value: 'n|n-1', help: 'of the variance that the running variance takes' },
} as const;

/**
 * The convention that the options name; what they leave open is as the file states it for the case, else as PyTorch has it.
 *
 * @param x           its shape and dtype
 * @param affineShape of the weight or bias: how many trailing axes they run along
 * @throws UsageError if an option has no such value; ShapeError if the axes do not fit x
 */
export function readSpec(
  options: Options,
  x: Pick<Tensor, 'shape' | 'dtype'>,
  found: CaseNames | undefined,
  affineShape: Shape | undefined,
): NormSpec {
  const preset = presetOption(options, 'preset', x.dtype);
  const kind = choice(options, 'kind', normKinds) ?? preset?.spec.kind ?? found?.kind;
  if (preset && kind !== preset.spec.kind) {
    throw new UsageError(`--preset ${preset.name} is of kind ${preset.spec.kind}, not ${kind}; leave --kind out.`);
  }
  if (kind === undefined) {
    throw new UsageError(`Say which norm with --kind: ${normKinds.join(', ')}.`);
  }
  const ofCase = found?.kind === kind ? { ...found.stated, eps: found.eps } : {};
  const spec = { ...defaultSpec(kind), ...ofCase, ...preset?.spec };
  const groups = numberOption(
    options,
    'num-groups',
    'a whole number from 1 up',
    (value) => Number.isInteger(value) && value > 0,
  );
  if (kind === 'group_norm' && groups === undefined && spec.numGroups === 1 && found?.stated?.numGroups === undefined) {
    throw new UsageError('A group_norm needs --num-groups.');
  }
  const computeDtype = choice(options, 'compute-dtype', computeDtypes);
  const weightOffset = choice(options, 'weight-offset', ['0', '1']);
  return {
    ...spec,
    eps: numberOption(options, 'eps', 'a number of at least 0', (value) => value >= 0) ?? spec.eps,
    epsPlace: choice(options, 'eps-place', ['inside', 'outside', 'clamp']) ?? spec.epsPlace,
    divisor: choice(options, 'divisor', ['n', 'n-1']) ?? spec.divisor,
    weightOffset: weightOffset === undefined ? spec.weightOffset : weightOffset === '1' ? 1 : 0,
    secondMoment: choice(options, 'second-moment', ['raw', 'central']) ?? spec.secondMoment,
    partial:
      numberOption(options, 'partial', 'a number above 0 and at most 1', (value) => value > 0 && value <= 1) ??
      spec.partial,
    ...axesOf(options, spec, x.shape, found?.stated?.axes ? undefined : affineShape),
    numGroups: groups ?? spec.numGroups,
    computeDtype: computeDtype ?? (evaluationOption(options, x.dtype) === 'plain' ? spec.computeDtype : 'float32'),
    castOrder: choice(options, 'cast-order', ['before-weight', 'after-weight']) ?? spec.castOrder,
    training: options.training === true || spec.training,
    momentum:
      options.momentum === 'none'
        ? null
        : (numberOption(options, 'momentum', 'a number from 0 to 1, or none', (value) => value >= 0 && value <= 1) ??
          spec.momentum),
    momentumOf: choice(options, 'momentum-of', ['new', 'old']) ?? spec.momentumOf,
    runningDivisor: choice(options, 'running-divisor', ['n', 'n-1']) ?? spec.runningDivisor,
  };
}

/**
 * In which library's order the norm is evaluated.
 *
 * @param dtype of x
 * @throws UsageError if there is no such order
 */
export function evaluationOption(options: Options, dtype: DType): EvaluationName {
  return (
    choice(options, 'evaluation', evaluationNames) ?? presetOption(options, 'preset', dtype)?.evaluation ?? 'plain'
  );
}

/**
 * The preset that an option names, as its library has it on numbers of a dtype.
 *
 * @throws UsageError if there is none of that name
 */
export function presetOption(options: Options, option: 'preset' | 'against', dtype: DType): Preset | undefined {
  const name = choice(
    options,
    option,
    presets.map((preset) => preset.name),
  );
  const preset = presets.find((candidate) => candidate.name === name);
  return preset && presetOn(preset, floatDtypeOf(dtype));
}

function axesOf(
  options: Options,
  { kind, axes, channelAxis }: NormSpec,
  shape: Shape,
  affineShape: Shape | undefined,
): Pick<NormSpec, 'axes' | 'channelAxis'> {
  const isInteger = (value: number) => Number.isInteger(value);
  const stated = integerList('axes', options.axes);
  if (isChannelKind(kind)) {
    const channel = numberOption(options, 'channel-axis', 'a whole number', isInteger);
    return { axes, channelAxis: channel ?? (stated ? channelBeside(stated, kind, shape) : channelAxis) };
  }
  const normalizedShape = integerList('normalized-shape', options['normalized-shape']);
  if (normalizedShape && stated) {
    throw new UsageError('--normalized-shape and --axes both say what is normalized; give one of them.');
  }
  if (normalizedShape) {
    const trailing = shape.slice(shape.length - normalizedShape.length);
    if (formatShape(trailing) !== formatShape(normalizedShape)) {
      throw new ShapeError(
        `--normalized-shape ${formatShape(normalizedShape)} is not the end of the shape ${formatShape(shape)} of x.`,
      );
    }
    return { axes: trailingAxes(normalizedShape.length), channelAxis };
  }
  if (stated) {
    return { axes: resolveAxes(stated, shape.length).map((axis) => axis - shape.length), channelAxis };
  }
  return { axes: affineShape && kind !== 'scale_norm' ? trailingAxes(affineShape.length || 1) : axes, channelAxis };
}

/** The channel axis of a batch_norm, instance_norm or group_norm over the axes named: the one that is left, the samples' apart. */
function channelBeside(axes: readonly number[], kind: NormSpec['kind'], shape: Shape): number {
  const reduced = resolveAxes(axes, shape.length);
  const first = kind === 'batch_norm' ? 0 : 1;
  const left = shape.map((_, axis) => axis).filter((axis) => axis >= first && !reduced.includes(axis));
  if (left.length !== 1) {
    throw new ShapeError(
      `--axes ${axes.join(',')} of x ${formatShape(shape)} leaves no single axis for the channels; a ${kind} needs one.`,
      { advice: 'Name it with --channel-axis.' },
    );
  }
  return left[0];
}

function choice<T extends string>(options: Options, option: string, allowed: readonly T[]): T | undefined {
  const value = options[option];
  if (value === undefined) {
    return undefined;
  }
  const chosen = allowed.find((candidate) => candidate === value);
  if (chosen === undefined) {
    throw new UsageError(
      `--${option} takes ${allowed.join(' or ')}, not "${String(value)}".${nearestHint(String(value), allowed)}`,
    );
  }
  return chosen;
}
