import type { Dump } from '../formats/dump';
import { realpath, writeFile } from 'node:fs/promises';
import { writeNpz } from '../formats/writeNpz';
import { computedForward, type ComputedForward } from '../norm/arithmetic/computedForward';
import type { EvaluationName } from '../norm/arithmetic/evaluations';
import { backward, type Backward } from '../norm/backward';
import { statisticsShape } from '../norm/geometry';
import { conventionDifference, type ConventionDifference } from '../norm/conventionDifference';
import { momentsOf } from '../norm/moments';
import type { NormCase } from '../norm/normCase';
import { computeDtypes, isCentred, type ComputeDtype } from '../norm/normSpec';
import { parametersOf } from '../norm/parameters';
import { runningStatistics } from '../norm/runningStatistics';
import { formatNumber } from '../tensor/formatNumber';
import { NormRun } from '../report/normRun';
import { statsOf } from '../report/tensorStats';
import { floatDtypeOf, roundTo } from '../tensor/roundFloat';
import { formatShape, type Shape } from '../tensor/shape';
import { toFloat64, type Tensor } from '../tensor/tensor';
import { caseOptions, partsOf, readCase } from './caseOptions';
import type { Command, Options, Outcome } from './command';
import { refuseIdleOptions } from './idleOptions';
import { specJson } from './specJson';
import { evaluationOption, presetOption } from './specOptions';
import { table } from './table';
import { UsageError } from './usageError';
import { withDump } from './withDump';

/** Applies a norm to a tensor of the file, and its backward if a gradient of the output is named. */
export const norm: Command = {
  usage:
    'norm FILE --kind KIND [--x NAME --weight NAME --bias NAME --grad-output NAME] [--against PRESET] [--out FILE.npz]',
  options: {
    ...caseOptions,
    out: { type: 'string', value: 'FILE.npz', help: 'writes the results' },
    dtype: { type: 'string', value: 'DTYPE', help: 'in which --out writes them; float64 without it' },
    evaluation: { type: 'string', value: 'NAME', help: 'the order of sums of an implementation, as torch2-cpu' },
    against: { type: 'string', value: 'PRESET', help: 'tells where its convention parts from this one' },
  },
  files: 1,
  async run([path], options) {
    if (typeof options.out === 'string' && (await isSameFile(path, options.out))) {
      throw new UsageError('--out names the file that is read, which would be lost; name another.');
    }
    return withDump(path, options, (dump) => answer(dump, options));
  },
};

async function isSameFile(path: string, out: string): Promise<boolean> {
  const [a, b] = await Promise.all([path, out].map((name) => realpath(name).catch(() => undefined)));
  return a !== undefined && a === b;
}

async function answer(dump: Dump, options: Options): Promise<Outcome> {
  const normCase = await readCase(dump, options);
  refuseIdleOptions(options, normCase.spec.kind);
  const dtype = computeDtypes.find((name) => name === (options.dtype ?? 'float64'));
  if (dtype === undefined) {
    throw new UsageError(`--dtype takes ${computeDtypes.join(' or ')}, not "${String(options.dtype)}".`);
  }
  if (options.dtype !== undefined && options.out === undefined) {
    throw new UsageError('--dtype says how --out writes the results; name its file too.');
  }
  const outputs = computeOutputs(new NormRun(normCase), evaluationOption(options, normCase.x.dtype));
  if (typeof options.out === 'string') {
    const tensors = outputs.map(({ tensor }) => (dtype === 'float64' ? tensor : narrow(tensor, dtype)));
    await writeFile(options.out, await writeNpz(tensors));
  }
  const { kind } = normCase.spec;
  const difference = differenceOf(normCase, options);
  const { sentence, tensors } = partsOf(normCase);
  const stats = outputs.map(({ key, tensor }) => ({
    key,
    shape: tensor.shape,
    ...statsOf(momentsOf(toFloat64(tensor))),
  }));
  return {
    json: {
      kind,
      spec: specJson(normCase.spec, normCase.x.shape),
      tensors,
      outputs: Object.fromEntries(stats.map(({ key, ...rest }) => [key, rest])),
      difference,
    },
    text: `${sentence}${difference ? `\n\n${difference.reason}` : ''}\n\n${table(
      ['output', 'shape', 'mean', 'variance ÷N', 'min', 'max', 'NaN'],
      stats.map(({ key, shape, mean, variance, min, max, nan }) => [
        key,
        formatShape(shape),
        ...[mean, variance, min, max, nan].map(formatNumber),
      ]),
    )}`,
  };
}

/** Where the norm parts from a preset over the same axes, if one is named. */
function differenceOf(normCase: NormCase, options: Options): ConventionDifference | undefined {
  const { spec, x } = normCase;
  const against = presetOption(options, 'against', x.dtype);
  if (against === undefined) {
    return undefined;
  }
  const evaluation = evaluationOption(options, x.dtype);
  const other = { ...against, spec: { ...against.spec, axes: spec.axes, numGroups: spec.numGroups } };
  return conventionDifference(x, parametersOf(normCase), { spec, evaluation }, other);
}

/** The results by their JSON key; a tensor's own name is what `--out` writes it as. */
function computeOutputs(run: NormRun, evaluation: EvaluationName): { key: string; tensor: Tensor }[] {
  const { x, spec, weight } = run.normCase;
  const { forward, geometry } = run;
  const { affineShape } = geometry;
  const { y, mean, rstd } = inArithmetic(run, evaluation);
  const perRow = statisticsShape(spec, x.shape, geometry);
  const gradients = gradientsOf(run);
  const running = runningStatistics(spec, geometry, forward, run.parameters);
  const takesWeight = spec.kind !== 'l2_norm' || weight !== undefined;
  const takesStatistics = spec.kind !== 'dyt';
  const outputs: [key: string, name: string, shape: Shape, values: Float64Array | undefined][] = [
    ['y', 'y', x.shape, y],
    ['gradInput', 'grad_input', x.shape, gradients?.gradInput],
    ['gradWeight', 'grad_weight', affineShape, takesWeight ? gradients?.gradWeight : undefined],
    ['gradBias', 'grad_bias', affineShape, gradients?.gradBias],
    ['gradAlpha', 'grad_alpha', [], gradients?.gradAlpha],
    ['mean', 'mean', perRow, isCentred(spec.kind) ? mean : undefined],
    ['rstd', 'rstd', perRow, takesStatistics ? rstd : undefined],
    ['runningMean', 'running_mean', affineShape, running?.mean],
    ['runningVar', 'running_var', affineShape, running?.variance],
  ];
  return outputs.flatMap(([key, name, shape, values]) =>
    values === undefined ? [] : [{ key, tensor: { name, dtype: 'float64' as const, shape, values } }],
  );
}

/** y and its statistics in the arithmetic that the spec asks for; the exact ones if it asks for none. */
function inArithmetic({ normCase, parameters, forward, y }: NormRun, evaluation: EvaluationName): ComputedForward {
  const { spec, x } = normCase;
  return spec.computeDtype === 'float64' && spec.castOrder === 'after-weight'
    ? { ...forward, y }
    : computedForward(spec, x.shape, toFloat64(x), parameters, floatDtypeOf(x.dtype), evaluation);
}

function gradientsOf({ normCase, parameters }: NormRun): Backward | undefined {
  const { spec, x, gradOutput } = normCase;
  return gradOutput && backward(spec, x.shape, toFloat64(x), toFloat64(gradOutput), parameters);
}

function narrow(tensor: Tensor, dtype: ComputeDtype): Tensor {
  return { ...tensor, dtype, values: Float32Array.from(toFloat64(tensor), roundTo(dtype)) };
}
