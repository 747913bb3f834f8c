import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { safetensorsFile } from '../formats/makeFiles';
import { builtCli } from './runCli';

const cli = builtCli();
beforeAll(async () => {
  for (const [i, name] of ['a', 'b'].entries()) {
    const entry = { dtype: 'U8', shape: [2], data_offsets: [0, 2] };
    await writeFile(join(cli.folder, `${i}.safetensors`), safetensorsFile({ [name]: entry }, Uint8Array.of(i, i)));
  }
  const index = { weight_map: { a: '0.safetensors', b: '1.safetensors', c: '2.safetensors' } };
  await writeFile(join(cli.folder, 'model.safetensors.index.json'), JSON.stringify(index));
});

it('reads a model of several files, and says which one is not there', async () => {
  const path = join(cli.folder, 'model.safetensors.index.json');
  const { tensors } = JSON.parse((await cli.run('stats', path, '--json')).stdout);
  expect(tensors.map(({ name, mean }: { name: string; mean: number }) => [name, mean])).toEqual([
    ['a', 0],
    ['b', 1],
  ]);
  const { stdout } = await cli.run('list', path);
  expect(stdout).toContain('"2.safetensors" is not beside the index; its tensors are not shown.');
});
