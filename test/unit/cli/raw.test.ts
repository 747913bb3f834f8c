import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { builtCli, parseCliJson } from './runCli';

const cli = builtCli();
let path: string;
beforeAll(async () => {
  path = join(cli.folder, 'x.bin');
  await writeFile(path, Buffer.from(Float32Array.of(9, 1, 2, 3, 4).buffer));
});

it('takes the statistics of a file without a header', async () => {
  const raw = ['--raw-dtype', 'float32', '--shape', '2,-1', '--offset', '4'];
  const { stdout } = await cli.run('stats', path, ...raw, '--rows', '--json');
  expect(parseCliJson(stdout).tensors).toMatchObject([
    { name: 'x', shape: [2, 2], mean: 2.5, rows: { mean: [1.5, 3.5] } },
  ]);
});

it('normalizes one', async () => {
  const { stdout } = await cli.run('norm', path, '--kind', 'layer_norm', '--raw-dtype', 'float32', '--json');
  expect(parseCliJson(stdout).outputs.y.shape).toEqual([5]);
});

it('compares two, and one with itself finds nothing', async () => {
  const other = join(cli.folder, 'y.bin');
  await writeFile(other, Buffer.from(Float32Array.of(9, 1, 2, 3, 5).buffer));
  const raw = ['--raw-dtype', 'float32', '--json'];
  const differing = await cli.run('compare', path, other, ...raw);
  expect(differing.code).toBe(1);
  expect(parseCliJson(differing.stdout).tensors).toMatchObject([{ maxAbs: 1, worstIndex: [4] }]);
  expect((await cli.run('compare', path, path, ...raw)).code).toBe(0);
});

it('finds what is wrong in one', async () => {
  const broken = join(cli.folder, 'broken.bin');
  await writeFile(broken, Buffer.from(Float32Array.of(1, NaN).buffer));
  const { code, stdout } = await cli.run('diagnose', broken, '--raw-dtype', 'float32', '--json');
  expect(code).toBe(1);
  expect(parseCliJson(stdout).findings).toMatchObject([{ code: 'nan-origin', tensor: 'broken' }]);
});

it.each([
  [['--shape', '2'], 'give their --raw-dtype too'],
  [['--raw-dtype', 'float99'], '--raw-dtype takes one of float64'],
  [['--raw-dtype', 'float32', '--byte-order', 'middle'], '--byte-order takes little or big'],
  [['--raw-dtype', 'float32', '--shape', '6'], '(6) float32 takes 24 bytes, 20 follow byte 0'],
])('refuses %j in a line', async (options, message) => {
  const { code, stderr } = await cli.run('list', path, ...options);
  expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
});
