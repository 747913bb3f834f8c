import type { Dump } from '../formats/dump';
import { writeFile } from 'node:fs/promises';
import { writeNpz } from '../formats/writeNpz';
import { backward } from '../norm/backward';
import { momentsOf } from '../norm/moments';
import { formatNumber } from '../report/formatNumber';
import { NormRun } from '../report/normRun';
import { statsOf } from '../report/tensorStats';
import { formatShape } from '../tensor/shape';
import { toFloat64, type Tensor } from '../tensor/tensor';
import { caseOptions, readCase, specJson } from './caseOptions';
import type { Command, Options, Outcome } from './command';
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
  const { x, spec, gradOutput } = run.normCase;
  const { forward, geometry } = run;
  const tensor = (name: string, shape: readonly number[], values: Float64Array): Tensor => ({
    name,
    dtype: 'float64',
    shape,
    values,
  });
  const perRow = [...geometry.leadingShape, ...geometry.normalizedShape.map(() => 1)];
  const outputs = [{ key: 'y', tensor: tensor('y', x.shape, forward.y) }];
  if (gradOutput) {
    const gradients = backward(spec, x.shape, run.x, toFloat64(gradOutput), run.affine);
    outputs.push({ key: 'gradInput', tensor: tensor('grad_input', x.shape, gradients.gradInput) });
    if (gradients.gradWeight) {
      outputs.push({
        key: 'gradWeight',
        tensor: tensor('grad_weight', geometry.normalizedShape, gradients.gradWeight),
      });
    }
    if (gradients.gradBias) {
      outputs.push({ key: 'gradBias', tensor: tensor('grad_bias', geometry.normalizedShape, gradients.gradBias) });
    }
  }
  if (spec.kind === 'layer_norm') {
    outputs.push({ key: 'mean', tensor: tensor('mean', perRow, forward.mean) });
  }
  outputs.push({ key: 'rstd', tensor: tensor('rstd', perRow, forward.rstd) });
  return outputs;
}

function narrow(tensor: Tensor): Tensor {
  return { ...tensor, dtype: 'float32', values: Float32Array.from(toFloat64(tensor)) };
}
