import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MemorySource } from '../../../src/formats/byteSource';
import { openDump } from '../../../src/formats/openDump';
import { readTensor } from '../../../src/formats/readValues';
import { safetensorsFile } from './makeFiles';

const shard = (name: string, value: number) =>
  new MemorySource(
    safetensorsFile(
      { __metadata__: { format: 'pt' }, [name]: { dtype: 'F32', shape: [1], data_offsets: [0, 4] } },
      new Uint8Array(Float32Array.of(value).buffer),
    ),
  );

const folder = new Map([
  ['model-00001-of-00002.safetensors', shard('embed.weight', 1)],
  ['model-00002-of-00002.safetensors', shard('norm.weight', 2)],
]);

const weightMap = {
  'embed.weight': 'model-00001-of-00002.safetensors',
  'norm.weight': 'model-00002-of-00002.safetensors',
};

/** Opens an index with these files beside it. */
function open(index: unknown, files: ReadonlyMap<string, MemorySource> = folder) {
  const asked: string[] = [];
  const sibling = async (name: string) => {
    asked.push(name);
    return files.get(name);
  };
  const source = new MemorySource(new TextEncoder().encode(JSON.stringify(index)));
  return { asked, dump: openDump(source, 'model.safetensors.index.json', undefined, sibling) };
}

describe('a model in several files', () => {
  it('is one dump', async () => {
    const { tensors, metadata, notes } = await open({ metadata: { total_size: 8 }, weight_map: weightMap }).dump;
    expect(await Promise.all(tensors.map(async (ref) => [ref.name, ...(await readTensor(ref)).values]))).toEqual([
      ['embed.weight', 1],
      ['norm.weight', 2],
    ]);
    expect(metadata).toEqual({ total_size: '8', format: 'pt' });
    expect(notes).toEqual([]);
  });

  it('shows what is there and names what is missing', async () => {
    const half = new Map([...folder].slice(1));
    const { tensors, notes } = await open({ weight_map: weightMap }, half).dump;
    expect(tensors.map(({ name }) => name)).toEqual(['norm.weight']);
    expect(notes).toEqual(['"model-00001-of-00002.safetensors" is not beside the index; its tensors are not shown.']);
  });

  it('lacks the tensors that the index promises and the files do not hold, and says so', async () => {
    const promised = { ...weightMap, 'lm_head.weight': 'model-00002-of-00002.safetensors' };
    const { notes } = await open({ weight_map: promised }).dump;
    expect(notes).toEqual(['1 tensors of the index are not in their files, such as "lm_head.weight".']);
  });

  it('may be of .bin files of PyTorch', async () => {
    const bin = new MemorySource(readFileSync('test/fixtures/formats/pt/state_dict.pt'));
    const names = (await openDump(bin, 'x.pt')).tensors.map(({ name }) => name);
    const index = { weight_map: Object.fromEntries(names.map((name) => [name, 'pytorch_model.bin'])) };
    const { tensors } = await open(index, new Map([['pytorch_model.bin', bin]])).dump;
    expect(tensors.map(({ name }) => name)).toEqual(names);
  });
});

describe('an index', () => {
  it.each(['../secret.safetensors', '/etc/x.safetensors', 'C:\\x.safetensors', '..', 'x.json', 'a\0.bin', 7])(
    'that names the file %j is refused before anything is opened',
    async (name) => {
      const { asked, dump } = open({ weight_map: { w: name } });
      await expect(dump).rejects.toThrow('it must be the plain name of a .safetensors or .bin file');
      expect(asked).toEqual([]);
    },
  );

  it('whose files are all missing is refused with the name of one', async () => {
    await expect(open({ weight_map: weightMap }, new Map()).dump).rejects.toMatchObject({
      message: 'index: none of the tensors is in the 2 files that the index names',
      advice: 'Put "model-00001-of-00002.safetensors" and the others into the folder of the index.',
    });
  });

  it('without a weight_map is refused', async () => {
    await expect(open([1, 2]).dump).rejects.toThrow('there is no weight_map that gives the file of each tensor');
  });
});
