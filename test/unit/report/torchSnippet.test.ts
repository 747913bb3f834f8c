import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { backward } from '../../../src/norm/backward';
import { forward } from '../../../src/norm/forward';
import { rowGeometry } from '../../../src/norm/geometry';
import type { NormCase } from '../../../src/norm/normCase';
import { defaultSpec, type NormSpec } from '../../../src/norm/normSpec';
import { parametersOf } from '../../../src/norm/parameters';
import { torchSnippet } from '../../../src/report/torchSnippet';
import { toFloat64, type Tensor } from '../../../src/tensor/tensor';
import { findPython } from '../findPython';

const python = await findPython('torch');

const tensor = (name: string, shape: readonly number[], values: Iterable<number>): Tensor => ({
  name,
  dtype: 'float64',
  shape,
  values: Float64Array.from(values),
});
const waves = (name: string, shape: readonly number[], from: number): Tensor =>
  tensor(
    name,
    shape,
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => 1 + Math.sin(from + 1.7 * i)),
  );

const layer = defaultSpec('layer_norm');
const specs: Record<string, NormSpec & { shape?: number[]; held?: boolean }> = {
  LayerNorm: layer,
  'LayerNorm with ε outside, ÷(N − 1)': { ...layer, divisor: 'n-1', epsPlace: 'outside' },
  'LayerNorm over two axes': { ...layer, axes: [-2, -1] },
  'LayerNorm over a middle axis': { ...layer, axes: [1] },
  'RMSNorm of Gemma': { ...defaultSpec('rms_norm'), weightOffset: 1 },
  'RMSNorm of Keras': { ...defaultSpec('rms_norm'), secondMoment: 'central' },
  'BatchNorm in training': { ...defaultSpec('batch_norm'), training: true },
  'BatchNorm in evaluation': { ...defaultSpec('batch_norm'), held: true },
  GroupNorm: { ...defaultSpec('group_norm'), numGroups: 2 },
  'GroupNorm with channels last': { ...defaultSpec('group_norm'), numGroups: 3, channelAxis: -1 },
  InstanceNorm: defaultSpec('instance_norm'),
  'L2 norm': defaultSpec('l2_norm'),
  ScaleNorm: defaultSpec('scale_norm'),
  'DyT without α': defaultSpec('dyt'),
};

/** A case with the engine's own output and gradients as those that are known. */
function caseOf({ shape = [2, 4, 3], held, ...spec }: (typeof specs)[string]): NormCase {
  const features = rowGeometry(spec, shape).affineShape;
  const x = waves('x', shape, 0);
  const gradOutput = waves('dy', shape, 2);
  const given = {
    weight: waves('weight', features, 3),
    ...(spec.kind === 'scale_norm' ? {} : { bias: waves('bias', features, 5) }),
    ...(held ? { runningMean: waves('mean', features, 7), runningVar: waves('var', features, 8) } : {}),
  };
  const parameters = parametersOf({ spec, x, ...given });
  const { y } = forward(spec, shape, toFloat64(x), parameters);
  const gradients = backward(spec, shape, toFloat64(x), toFloat64(gradOutput), parameters);
  return {
    spec,
    x,
    gradOutput,
    ...given,
    output: tensor('y', shape, y),
    gradInput: tensor('dx', shape, gradients.gradInput),
    gradWeight: tensor('dweight', features, gradients.gradWeight),
    ...(given.bias && { gradBias: tensor('dbias', features, gradients.gradBias!) }),
  };
}

describe('torchSnippet', () => {
  /** What PyTorch prints of each script; undefined where it is not installed. */
  let printed: Record<string, string> | undefined;

  beforeAll(async () => {
    if (python === undefined) {
      return;
    }
    const scripts = Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, torchSnippet(caseOf(spec))]));
    // One Python for all: importing PyTorch takes longer than running them.
    const runAll = [
      'import contextlib, io, json, sys',
      'printed = {}',
      'for name, script in json.loads(sys.argv[1]).items():',
      '    with contextlib.redirect_stdout(io.StringIO()) as out: exec(script, {})',
      '    printed[name] = out.getvalue()',
      'print(json.dumps(printed))',
    ].join('\n');
    const { stdout } = await promisify(execFile)(python, ['-c', runAll, JSON.stringify(scripts)]);
    printed = JSON.parse(stdout);
  }, 60_000);

  it.skipIf(!python).each(Object.keys(specs))(
    'is a script of a %s, in which PyTorch agrees and gradcheck passes',
    (name) => {
      const differences = Array.from(printed![name].matchAll(/largest difference of (\S+) (\S+)/g), ([, role, by]) => [
        role,
        Number(by) < 1e-12,
      ]);
      const roles = Object.keys(caseOf(specs[name])).filter((role) => /output|grad[IWB]/.test(role));
      expect(differences).toEqual(roles.map((role) => [role, true]));
      expect(printed![name]).toContain('gradcheck True');
    },
  );

  it('writes ε as people do', () => {
    expect(torchSnippet(caseOf(layer))).toContain('dims, n, eps = (-1,), 3, 1e-5\n');
  });

  it('has none for statistics of a part of each row', () => {
    const spec = { ...defaultSpec('rms_norm'), partial: 0.5 };
    expect(torchSnippet({ spec, x: waves('x', [2, 4], 0) })).toBeUndefined();
  });
});
