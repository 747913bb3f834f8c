import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { MemorySource } from '../../../src/formats/byteSource';
import { openDump } from '../../../src/formats/openDump';
import { readTensor } from '../../../src/formats/readValues';
import { writeNpz } from '../../../src/formats/writeNpz';
import { forward } from '../../../src/norm/forward';
import { defaultSpec } from '../../../src/norm/normSpec';
import { toFloat64, type Tensor } from '../../../src/tensor/tensor';
import { expectClose } from '../norm/expectClose';
import { randomTensor, tensor } from '../norm/tensors';
import { builtCli, parseCliJson } from './runCli';

const cli = builtCli();

async function tensorsOf(path: string): Promise<Map<string, Float64Array>> {
  const { tensors } = await openDump(new MemorySource(await readFile(path)), path);
  return new Map(await Promise.all(tensors.map(async (ref) => [ref.name, toFloat64(await readTensor(ref))] as const)));
}

/** Every kind with the options that its recorded case was made with. */
const cases: [name: string, options: string[], keys: Record<string, unknown>][] = [
  ['batch_norm_train_4d', ['--training', '--momentum', '0.1'], { axes: [0, 2, 3], channelAxis: 1, training: true }],
  ['batch_norm_eval_4d', [], { axes: [0, 2, 3], training: false, momentum: 0.1 }],
  ['group_norm_3_groups', ['--num-groups', '3'], { axes: [2, 3], numGroups: 3 }],
  ['instance_norm_4d', [], { axes: [2, 3] }],
  ['l2_norm_dim1', ['--axes', '1'], { axes: [-2], epsPlace: 'clamp', normalizedShape: [5] }],
  ['l2_norm_eps_inside_sqrt', ['--eps', '1e-3', '--eps-place', 'inside'], { axes: [-1], eps: 1e-3 }],
];

describe('normscope norm', () => {
  it.each(cases)('computes %s as PyTorch does', async (name, options, keys) => {
    const path = `test/fixtures/norms/${name}.npz`;
    const { arrays, op } = JSON.parse(readFileSync(`test/fixtures/norms/${name}.json`, 'utf8'));
    const roles: [option: string, array: string][] = [
      ['--weight', 'weight'],
      ['--bias', 'bias'],
      ['--running-mean', 'running_mean_before'],
      ['--running-var', 'running_var_before'],
      ['--grad-output', 'dy'],
    ];
    const named = roles.flatMap(([option, array]) => (array in arrays ? [option, array] : []));
    const out = `${cli.folder}/${name}.npz`;
    const args = ['norm', path, '--kind', op, '--x', 'x', ...named, ...options, '--out', out, '--json'];
    const { code, stdout, stderr } = await cli.run(...args);
    expect([code, stderr]).toEqual([0, '']);
    const { spec, outputs } = parseCliJson(stdout);
    expect(spec).toMatchObject(keys);
    expect(outputs.y.shape).toEqual(arrays.x);
    const truth = await tensorsOf(path);
    const found = await tensorsOf(out);
    const compared: [output: string, array: string][] = [
      ['y', 'y'],
      ['grad_input', 'dx'],
      ['grad_weight', 'dweight'],
      ['grad_bias', 'dbias'],
      ['running_mean', 'running_mean'],
      ['running_var', 'running_var'],
    ];
    for (const [output, array] of compared) {
      expect(found.has(output), output).toBe(truth.has(array));
      if (truth.has(array)) {
        expectClose(found.get(output)!, truth.get(array)!, 1e-12);
      }
    }
  });

  it('computes as the implementation that is named, and writes half precision', async () => {
    const out = `${cli.folder}/llama.npz`;
    const llama = ['--compute-dtype', 'float32', '--cast-order', 'before-weight', '--eps', '1e-6'];
    const { code, stdout } = await cli.run(
      ...['norm', 'test/fixtures/dumps/rms_bf16.safetensors', '--x', 'blocks.0.norm1.input', ...llama],
      ...['--out', out, '--dtype', 'float16', '--json'],
    );
    expect(code).toBe(0);
    expect(parseCliJson(stdout).spec).toMatchObject({ computeDtype: 'float32', castOrder: 'before-weight' });
    const { tensors } = await openDump(new MemorySource(await readFile(out)), out);
    expect(tensors[0]).toMatchObject({ name: 'y', dtype: 'float16' });
    const recorded = (await tensorsOf('test/fixtures/dumps/rms_bf16.safetensors')).get('blocks.0.norm1.output')!;
    const y = (await tensorsOf(out)).get('y')!;
    expect(y.filter((value, i) => value !== recorded[i])).toHaveLength(0);
  });

  it('holds one convention against another and says where they part', async () => {
    const preln = 'test/fixtures/dumps/preln.safetensors';
    const args = ['norm', preln, '--x', 'blocks.0.ln1.input', '--preset', 'pytorch1-layer-norm'];
    const { code, stdout, stderr } = await cli.run(...args, '--against', 'annotated-transformer', '--json');
    expect([code, stderr]).toEqual([0, '']);
    const { spec, difference } = parseCliJson(stdout);
    expect(spec).toMatchObject({ kind: 'layer_norm', eps: 1e-5, computeDtype: 'float32' });
    expect(difference).toMatchObject({ elements: 1280, rows: 10, effects: expect.anything() });
    expect(difference.reason).toMatch(
      /^They differ because the squares are divided by N in the first and N − 1 in the second/,
    );
    expect((await cli.run(...args, '--against', 'nobody')).stderr).toContain('--against takes pytorch-layer-norm or');
  });

  it('evaluates in the order of a library', async () => {
    const out = `${cli.folder}/torch.npz`;
    const fixture = 'test/fixtures/norms/layer_norm_offset_float32.npz';
    const tensors = ['--x', 'x', '--weight', 'weight', '--bias', 'bias'];
    const args = ['norm', fixture, '--kind', 'layer_norm', ...tensors, '--evaluation', 'torch1-cpu', '--out', out];
    expect((await cli.run(...args)).code).toBe(0);
    const recorded = (await tensorsOf(fixture)).get('y_kernel')!;
    expect((await tensorsOf(out)).get('y')!).toEqual(recorded);
  });

  it.each([
    [['--kind', 'group_norm'], 'A group_norm needs --num-groups.'],
    [['--kind', 'group_norm', '--num-groups', '4'], 'The 3 channels of x (4, 3, 5, 2) cannot be cut into 4 groups.'],
    [['--kind', 'batch_norm', '--axes', '0,2'], '--axes 0,2 of x (4, 3, 5, 2) leaves no single axis for the channels'],
    [['--kind', 'batch_norm', '--momentum', '2'], '--momentum takes a number from 0 to 1, or none, not "2".'],
    [
      [
        ...['--kind', 'batch_norm', '--training', '--momentum', 'none'],
        ...['--running-mean', 'running_mean_before', '--running-var', 'running_var_before'],
      ],
      'are an average over all batches, whose number is not known.',
    ],
    [['--kind', 'layer_norm', '--weight', 'weight'], 'weight has shape (3), but the normalized axes of x are (2).'],
  ])('refuses %j', async (options, message) => {
    const { code, stderr } = await cli.run(
      'norm',
      'test/fixtures/norms/batch_norm_train_4d.npz',
      '--x',
      'x',
      ...options,
    );
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});

it('normscope gradcheck passes a batch_norm and fails it where another convention is claimed', async () => {
  const path = 'test/fixtures/norms/batch_norm_train_4d.npz';
  const tensors = ['--x', 'x', '--weight', 'weight', '--bias', 'bias', '--grad-output', 'dy', '--grad-input', 'dx'];
  const right = await cli.run('gradcheck', path, '--kind', 'batch_norm', ...tensors, '--training', '--json');
  expect([right.code, parseCliJson(right.stdout).passed]).toEqual([0, true]);
  const wrong = await cli.run('gradcheck', path, '--kind', 'instance_norm', ...tensors, '--json');
  expect([wrong.code, parseCliJson(wrong.stdout).passed]).toEqual([1, false]);
});

it('normscope norm takes a weight that is kept as (1, 1, C) for one of (C)', async () => {
  const path = `${cli.folder}/broadcast.npz`;
  const weight = randomTensor('weight', [8], 2);
  await writeFile(
    path,
    await writeNpz([randomTensor('x', [2, 3, 8], 1), weight, { ...weight, name: 'kept', shape: [1, 1, 8] }]),
  );
  const answers = await Promise.all(
    ['weight', 'kept'].map((name) =>
      cli.run('norm', path, '--kind', 'rms_norm', '--x', 'x', '--weight', name, '--json'),
    ),
  );
  expect(answers.map(({ code }) => code)).toEqual([0, 0]);
  const [flat, kept] = answers.map(({ stdout }) => parseCliJson(stdout).outputs);
  expect(kept).toEqual(flat);
});

it('normscope norm takes the norm that the recorded output tells where neither options nor file name one', async () => {
  const path = `${cli.folder}/guessed.npz`;
  const site = (tensor: Tensor, role: string) => ({ ...tensor, name: `norm.${role}` });
  const parts = { x: randomTensor('x', [5, 16], 1), weight: randomTensor('weight', [16], 2) };
  const bias = tensor('bias', [16], new Array<number>(16).fill(0));
  const { y } = forward(defaultSpec('rms_norm'), [5, 16], toFloat64(parts.x), { weight: toFloat64(parts.weight) });
  const file = [
    site(parts.x, 'input'),
    site(parts.weight, 'weight'),
    site(bias, 'bias'),
    site(tensor('y', [5, 16], y), 'output'),
  ];
  await writeFile(path, await writeNpz(file));
  const { stdout } = await cli.run('norm', path);
  expect(stdout).toMatch(/^RMSNorm of norm\.input, ε 1e-6, weight norm\.weight/);
  const told = await cli.run('norm', path, '--kind', 'layer_norm');
  expect(told.stdout).toMatch(/^LayerNorm of norm\.input, ε 1e-5,/);
});
