import { readFile, writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { writeNpz } from '../../../src/formats/writeNpz';
import { randomTensor, tensor } from '../norm/tensors';
import { builtCli } from './runCli';

const cli = builtCli();
let file: string;
beforeAll(async () => {
  file = `${cli.folder}/case.npz`;
  const tensors = [
    randomTensor('x', [4, 6, 8], 1),
    randomTensor('weight', [8], 2),
    randomTensor('short', [7], 3),
    randomTensor('channels', [6], 4),
    randomTensor('one_sample', [1, 6], 5),
    randomTensor('samples', [4, 6], 6),
    tensor('scalar', [], [3]),
    tensor('empty', [0, 8], []),
    tensor('infinite', [1, 2], [Infinity, 1]),
    tensor('wave', [1, 2], Float32Array.of(1, 2, 3, 4), 'complex64'),
  ];
  await writeFile(file, await writeNpz(tensors));
});

/** Calls with something wrong, each with the one line that says what. */
const calls: [command: string, message: string][] = [
  ['norm --kind layer_norm --x x --weight short', 'weight has shape (7), but the normalized axes of x are (8).'],
  ['norm --kind group_norm --x x --num-groups 4', 'The 6 channels of x (4, 6, 8) cannot be cut into 4 groups.'],
  ['norm --kind group_norm --x x', 'A group_norm needs --num-groups.'],
  ['norm --kind layer_norm --x x --eps -1', '--eps takes a number of at least 0, not "-1".'],
  ['norm --kind layer_norm --x x --eps nan', '--eps takes a number of at least 0, not "nan".'],
  ['norm --kind layer_norm --x wave', '"wave" is complex64, which no norm is of; name "wave.real" or "wave.imag".'],
  ['norm --kind layer_norm --x scalar', 'x is a single number, which has no axis to normalize over.'],
  ['norm --kind layer_norm --x x --axes 5', 'Axis 5 does not exist in a tensor of 3 axes.'],
  [
    'norm --kind layer_norm --x x --axes 0 --normalized-shape 8',
    '--normalized-shape and --axes both say what is normalized; give one of them.',
  ],
  ['norm --kind layer_norm --x x --dtype float16', '--dtype says how --out writes the results; name its file too.'],
  ['norm --kind layer_norm --x x --axes 0,0', 'The axes 0, 0 name one axis twice.'],
  [
    'norm --kind layer_norm --x wieght',
    'it has x, weight, short, channels, one_sample and 5 more. Did you mean "weight"?',
  ],
  ['norm --kind layernorm --x x', 'not "layernorm". Did you mean "layer_norm"?'],
  ['norm --kind layer_norm --x x --wieght weight', 'There is no option --wieght. Did you mean "--weight"?'],
  ['norm --kind layer_norm --x x --weight', '--weight needs a value.'],
  ['norm --kind layer_norm --x x --momentum 0.5', '--momentum does not apply to layer_norm; leave it out.'],
  ['norm --kind rms_norm --x x --running-mean channels', '--running-mean does not apply to rms_norm; leave it out.'],
  [
    'norm --kind batch_norm --x x --normalized-shape 8',
    '--normalized-shape does not apply to batch_norm; leave it out.',
  ],
  [
    'norm --kind batch_norm --x x --running-mean channels',
    '--running-mean and --running-var go together; name both or',
  ],
  [
    'norm --kind batch_norm --x one_sample',
    'x has one value per channel, so that there is no variance to normalize with.',
  ],
  ['norm --kind instance_norm --x samples', 'x has one value per channel of each sample, so that there is no variance'],
  [
    'norm --kind layer_norm --x x --preset llama',
    '--preset llama is of kind rms_norm, not layer_norm; leave --kind out.',
  ],
  ['norm --kind rms_norm --x x --partial 0', '--partial takes a number above 0 and at most 1, not "0".'],
  ['norm --kind dyt --x x --alpha weight', 'alpha has shape (8), but it is a single number, ().'],
  [
    'norm --kind layer_norm --x x --out /no/such/folder/o.npz',
    'There is no such file or folder: /no/such/folder/o.npz',
  ],
  ['gradcheck --kind layer_norm --x empty', 'x is empty, so there is no gradient to check.'],
  ['gradcheck --kind layer_norm --x infinite', 'has a gradient to check: 1 hold NaN or Inf in x or gradOutput.'],
  ['gradcheck --kind layer_norm --x x --momentum 0.5', '--momentum does not apply to layer_norm; leave it out.'],
  ['gradchek --kind layer_norm --x x', 'Did you mean "gradcheck"?'],
];

it.each(calls)('refuses %s', async (call, message) => {
  const [command, ...options] = call.split(' ');
  const { code, stdout, stderr } = await cli.run(command, file, ...options);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^normscope: .*\n$/);
  expect(stderr).toContain(message);
});

it.each([
  ['list', 'is not a regular file'],
  ['literals', 'This is a folder, not a file'],
])('says of a folder that it is none: %s', async (command, message) => {
  const { code, stderr } = await cli.run(command, cli.folder);
  expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
});

it('never writes over the file that is read', async () => {
  const before = await readFile(file);
  const out = relative(process.cwd(), file);
  const { code, stderr } = await cli.run('norm', file, '--kind', 'layer_norm', '--x', 'x', '--out', out);
  expect([code, stderr]).toEqual([
    2,
    'normscope: --out names the file that is read, which would be lost; name another.\n',
  ]);
  expect(await readFile(file)).toEqual(before);
});

it('names a file that is not there', async () => {
  const { code, stderr } = await cli.run('norm', '/no/such/file.npz', '--kind', 'layer_norm');
  expect([code, stderr]).toEqual([2, 'normscope: There is no such file or folder: /no/such/file.npz\n']);
});
