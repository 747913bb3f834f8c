import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectationsIn } from '../formats/expectation';
import { ggufFile } from '../formats/makeFiles';
import { builtCli, parseCliJson } from './runCli';

const cli = builtCli();

describe('list and stats', () => {
  it.each([
    ['npy', 'fortran_big_endian_2d.npy'],
    ['npy', 'structured.npy'],
    ['npz', 'compressed.npz'],
    ['safetensors', 'all_dtypes.safetensors'],
    ['pt', 'nested.pt'],
    ['pt', 'state_dict_legacy.pt'],
    ['h5', 'dtypes.h5'],
    ['json', 'object_of_arrays.json'],
    ['ndjson', 'stats.ndjson'],
    ['csv', 'header.csv'],
    ['csv', 'header.tsv'],
  ])('read every tensor of %s/%s', async (format, name) => {
    const path = `test/fixtures/formats/${format}/${name}`;
    const expected = expectationsIn(`test/fixtures/formats/${format}`).find(([file]) => file === name)![1].tensors!;
    const list = parseCliJson((await cli.run('list', path, '--json')).stdout).tensors as Listed[];
    const readable = list.filter(({ undecoded }) => undecoded === undefined);
    expect(readable.map(({ shape }) => shape)).toEqual(expect.arrayContaining(expected.map(({ shape }) => shape)));
    const stats = parseCliJson((await cli.run('stats', path, '--json')).stdout).tensors as Listed[];
    expect(stats.map((tensor) => tensor.name)).toEqual(readable.map((tensor) => tensor.name));
  });

  it('read a .gguf, and only list what is quantized', async () => {
    const path = join(cli.folder, 'x.gguf');
    const norm = { name: 'norm', lengths: [2], type: 0, data: new Uint8Array(Float32Array.of(1, 3).buffer) };
    const quantized = { name: 'up', lengths: [256], type: 12, data: new Uint8Array(144) };
    await writeFile(path, ggufFile([norm, quantized], []));
    expect(parseCliJson((await cli.run('list', path, '--json')).stdout).tensors).toMatchObject([
      { name: 'norm', dtype: 'float32' },
      { name: 'up', undecoded: expect.stringContaining('quantized') as string },
    ]);
    expect(parseCliJson((await cli.run('stats', path, '--json')).stdout).tensors).toMatchObject([
      { name: 'norm', mean: 2 },
    ]);
  });

  it('take the parts of a complex tensor by their names', async () => {
    const path = 'test/fixtures/formats/npy/complex64.npy';
    const [whole] = parseCliJson((await cli.run('stats', path, '--json')).stdout).tensors as Listed[];
    const part = ['stats', path, '--tensor', `${whole.name}.imag`, '--json'];
    expect(parseCliJson((await cli.run(...part)).stdout).tensors).toMatchObject([
      { name: 'complex64.imag', dtype: 'float32', shape: whole.shape },
    ]);
  });
});

interface Listed {
  readonly name: string;
  readonly shape: readonly number[];
  readonly undecoded?: string;
}
