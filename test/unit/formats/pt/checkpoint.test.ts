import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { MemorySource } from '../../../../src/formats/byteSource';
import { openDump } from '../../../../src/formats/openDump';
import { readTensor, readValues } from '../../../../src/formats/readValues';
import { CountingSource } from '../countingSource';
import { float64Npy, zipFile } from '../makeFiles';
import { pickleBytes } from './pickles';

const fixture = async (name: string) => new MemorySource(await readFile(`test/fixtures/formats/pt/${name}`));

describe('a checkpoint', () => {
  it.each(['state_dict.pt', 'state_dict_legacy.pt'])(
    'is known by its first bytes, whatever its name: %s',
    async (name) => {
      const { format, tensors } = await openDump(await fixture(name), 'pytorch_model.bin');
      expect(format).toBe('pt');
      expect(tensors).toHaveLength(9);
    },
  );

  it('is told from arrays of NumPy by what is in the zip file', async () => {
    expect((await openDump(await fixture('state_dict.pt'), 'x.npz')).format).toBe('pt');
    const arrays = new MemorySource(await zipFile([['x.npy', float64Npy([1], [2])]]));
    expect((await openDump(arrays, 'x.pt')).format).toBe('npz');
  });

  it('shows views of one storage by reading their own bytes alone', async () => {
    const source = new CountingSource(await fixture('views.pt'));
    const { tensors } = await openDump(source, 'views.pt');
    const view = (wanted: string) => tensors.find(({ name }) => name === wanted)!;
    const base = await readTensor(view('base'));
    source.reads.length = 0;
    expect(await readValues(view('rows_2_5'), 0, 12)).toEqual(base.values.slice(8, 20));
    expect(source.bytesRead).toBe(48);
    const { values } = await readTensor(view('expanded'));
    expect(values.slice(4, 8)).toEqual(values.slice(0, 4));
  });

  it('of a big-endian machine is swapped', async () => {
    const [plain] = (await openDump(await fixture('plain_tensor.pt'), 'x.pt')).tensors;
    const [swapped] = (await openDump(await fixture('byteorder_big.pt'), 'x.pt')).tensors;
    expect((await readTensor(swapped)).values).toEqual((await readTensor(plain)).values);
  });
});

describe('tensors that are listed and not read', () => {
  it('are quantized', async () => {
    const { tensors, undecoded, notes } = await openDump(await fixture('quantized.pt'), 'x.pt');
    expect(tensors.map(({ name }) => name)).toEqual(['w']);
    expect(undecoded).toEqual([
      {
        name: 'q',
        dtypeName: 'torch.QUInt8Storage',
        shape: [2, 3],
        bytes: undefined,
        reason: 'its values are quantized',
      },
    ]);
    expect(notes).toEqual([]);
  });

  it('are of a dtype that is not decoded, or kept as the negative of other values', async () => {
    const storage = '(U\x07storagectorch.storage\nUntypedStorage\nU\x010U\x03cpuK\x04tQ';
    const rebuild = (version: string, rest: string) =>
      `ctorch._utils\n_rebuild_tensor_${version}\n(${storage}K\x00K\x01\x85K\x01\x85\x89}${rest}tR`;
    const pickle = `}(U\x01a${rebuild('v3', 'ctorch\nfloat8_e4m3fnuz\n')}U\x01b${rebuild('v2', '}U\x03neg\x88s')}u.`;
    const file = await zipFile([['x/data.pkl', pickleBytes(pickle)], ['x/data/0', new Uint8Array(4)]]); // prettier-ignore
    const { tensors, undecoded } = await openDump(new MemorySource(file), 'x.pt');
    expect(tensors).toEqual([]);
    expect(undecoded?.map(({ name, dtypeName, reason }) => [name, dtypeName, reason])).toEqual([
      ['a', 'torch.float8_e4m3fnuz', 'its dtype torch.float8_e4m3fnuz is not decoded'],
      ['b', 'uint8', 'it is kept as the negative of other values'],
    ]);
  });
});

describe('what a checkpoint asks for beyond tensors', () => {
  it('is named beside the tensors', async () => {
    const { tensors, notes } = await openDump(await fixture('evil_state_dict.pt'), 'x.pt');
    expect(tensors.map(({ name }) => name)).toEqual(['w']);
    expect(notes).toEqual([
      'The file asks for "posix.system", which is passed over: nothing but tensors and plain containers is ever built, and nothing is run.',
    ]);
  });

  it.each([
    ['evil_plain.pt', '"posix.system"'],
    ['evil_legacy.pt', '"posix.system"'],
    ['evil_magic_slot_legacy.pt', '"posix.system"'],
    ['evil_proto0_inst.pt', '"os.system"'],
    ['evil_dotted_global.pt', '"torch.serialization.os.system"'],
    ['evil_getattr.pt', '"__builtin__.getattr", "os.os"'],
    ['sparse.pt', '"torch._utils._rebuild_sparse_tensor"'],
  ])('is named in the refusal where there are none: %s', async (name, asked) => {
    await expect(openDump(await fixture(name), name)).rejects.toThrow(`asks for ${asked}`);
  });
});

describe('faults', () => {
  it.each([
    ['bad_short_storage.pt', 'its storage "0" should have'],
    ['bad_missing_storage.pt', 'the zip file has no member "plain_tensor/data/0"'],
    ['bad_no_data_pkl.pt', 'the zip file has no member "data.pkl"'],
    ['bad_size_beyond_storage.pt', 'reaches byte'],
    ['bad_offset_beyond_storage.pt', 'reaches byte'],
    ['bad_stride_beyond_storage.pt', 'reaches byte'],
    ['bad_negative_stride.pt', 'its strides are not all whole numbers'],
    ['bad_negative_offset.pt', 'its storage offset is no whole number'],
    ['bad_negative_size.pt', 'the shape holds -'],
    ['bad_rank_mismatch.pt', 'differ in length'],
    ['bad_huge_expand.pt', 'more elements than can be counted'],
    ['bad_truncated_pickle.pt', 'the pickle ends early'],
    ['bad_truncated_legacy.pt', 'the file ends before the storage'],
    ['bad_truncated.pt', 'the zip directory that should end the file is missing'],
    ['bad_empty.pt', 'the file is empty'],
    ['bad_random.pt', 'the file is neither a zip file nor a run of pickles'],
  ])('are named: %s', async (name, message) => {
    await expect(openDump(await fixture(name), name)).rejects.toThrow(message);
  });
});
