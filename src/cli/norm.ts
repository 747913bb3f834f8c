import type { Dump } from '../formats/dump';
import { writeFile } from 'node:fs/promises';
import { writeNpz } from '../formats/writeNpz';
import { backward, type Backward } from '../norm/backward';
import { statisticsShape } from '../norm/geometry';
import { momentsOf } from '../norm/moments';
import { isCentred } from '../norm/normSpec';
import { runningStatistics } from '../norm/runningStatistics';
import { formatNumber } from '../report/formatNumber';
import { NormRun } from '../report/normRun';
import { statsOf } from '../report/tensorStats';
import { formatShape, type Shape } from '../tensor/shape';
import { toFloat64, type Tensor } from '../tensor/tensor';
import { caseOptions, readCase } from './caseOptions';
import type { Command, Options, Outcome } from './command';
import { specJson } from './specJson';
import { table } from './table';
import { UsageError } from './usageError';
import { withDump } from './withDump';

/** Applies a norm to a tensor of the file, and its backward if a gradient of the output is named. */
export const norm: Command = {
  usage: 'norm FILE --kind KIND [--x NAME --weight NAME --bias NAME --grad-output NAME] [--out FILE.npz]',
  options: { ...caseOptions, out: { type: 'string' }, dtype: { type: 'string' } },
  files: 1,
  run: ([path], options) => withDump(path, (dump) => answer(dump, options)),
};

async function answer(dump: Dump, options: Options): Promise<Outcome> {
  const normCase = await readCase(dump, options);
  const dtype = options.dtype ?? 'float64';
  if (dtype !== 'float64' && dtype !== 'float32') {
    throw new UsageError(`--dtype takes float64 or float32, not "${String(dtype)}".`);
  }
  const outputs = computeOutputs(new NormRun(normCase));
  if (typeof options.out === 'string') {
    const tensors = outputs.map(({ tensor }) => (dtype === 'float32' ? narrow(tensor) : tensor));
    await writeFile(options.out, await writeNpz(tensors));
  }
  const { kind } = normCase.spec;
  const stats = outputs.map(({ key, tensor }) => ({
    key,
    shape: tensor.shape,
    ...statsOf(momentsOf(toFloat64(tensor))),
  }));
  return {
    json: {
      kind,
      spec: specJson(normCase.spec, normCase.x.shape),
      outputs: Object.fromEntries(stats.map(({ key, ...rest }) => [key, rest])),
    },
    text: table(
      ['output', 'shape', 'mean', 'variance ÷N', 'min', 'max', 'NaN'],
      stats.map(({ key, shape, mean, variance, min, max, nan }) => [
        key,
        formatShape(shape),
        ...[mean, variance, min, max, nan].map(formatNumber),
      ]),
    ),
  };
}

/** The results by their JSON key; a tensor's own name is what `--out` writes it as. */
function computeOutputs(run: NormRun): { key: string; tensor: Tensor }[] {
  const { x, spec, weight } = run.normCase;
  const { forward, geometry } = run;
  const { affineShape } = geometry;
  const perRow = statisticsShape(spec, x.shape, geometry);
  const gradients = gradientsOf(run);
  const running = runningStatistics(spec, geometry, forward, run.parameters);
  const takesWeight = spec.kind !== 'l2_norm' || weight !== undefined;
  const takesStatistics = spec.kind !== 'dyt';
  const outputs: [key: string, name: string, shape: Shape, values: Float64Array | undefined][] = [
    ['y', 'y', x.shape, run.y],
    ['gradInput', 'grad_input', x.shape, gradients?.gradInput],
    ['gradWeight', 'grad_weight', affineShape, takesWeight ? gradients?.gradWeight : undefined],
    ['gradBias', 'grad_bias', affineShape, gradients?.gradBias],
    ['gradAlpha', 'grad_alpha', [], gradients?.gradAlpha],
    ['mean', 'mean', perRow, isCentred(spec.kind) ? forward.mean : undefined],
    ['rstd', 'rstd', perRow, takesStatistics ? forward.rstd : undefined],
    ['runningMean', 'running_mean', affineShape, running?.mean],
    ['runningVar', 'running_var', affineShape, running?.variance],
  ];
  return outputs.flatMap(([key, name, shape, values]) =>
    values === undefined ? [] : [{ key, tensor: { name, dtype: 'float64' as const, shape, values } }],
  );
}

function gradientsOf({ normCase, parameters }: NormRun): Backward | undefined {
  const { spec, x, gradOutput } = normCase;
  return gradOutput && backward(spec, x.shape, toFloat64(x), toFloat64(gradOutput), parameters);
}

function narrow(tensor: Tensor): Tensor {
  return { ...tensor, dtype: 'float32', values: Float32Array.from(toFloat64(tensor)) };
}
