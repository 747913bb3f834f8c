import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MemorySource } from '../../../../src/formats/byteSource';
import { openDump } from '../../../../src/formats/openDump';
import { readTensor, readValues } from '../../../../src/formats/readValues';

const open = (name: string) => openDump(new MemorySource(readFileSync(`test/fixtures/formats/h5/${name}`)), name);

describe('an HDF5 file', () => {
  it('has its attributes as metadata, those of groups by path', async () => {
    const { metadata } = await open('groups_attrs.h5');
    expect(metadata).toEqual({
      title: 'run é',
      step: '1200',
      eps: '0.00001',
      shape: '[3,4]',
      names: '["a","bc"]',
      'blocks/0/ln1/op': 'layer_norm',
      'blocks/0/ln1/eps': '0.00001',
      'blocks/1/ln1/op': 'layer_norm',
      'blocks/1/ln1/eps': '0.00001',
      'blocks/2/ln1/op': 'layer_norm',
      'blocks/2/ln1/eps': '0.00001',
    });
  });

  it('lists a group once whatever leads to it, and names links that lead nowhere', async () => {
    const { tensors, notes } = await open('groups_attrs.h5');
    expect(tensors.map(({ name }) => name)).toEqual(
      [0, 1, 2].flatMap((i) => [`blocks/${i}/ln1/input`, `blocks/${i}/ln1/output`]),
    );
    expect(notes).toEqual([]);
  });

  it('lists what is no tensor with the reason', async () => {
    const { undecoded = [] } = await open('scalars_strings_empty.h5');
    expect(undecoded.map(({ name, reason }) => [name, reason])).toEqual([
      ['compound', 'it holds records'],
      ['enum', 'it holds names of an enumeration'],
      ['fixed_string', 'it holds text'],
      ['ref', 'it holds references'],
      ['string_array', 'it holds text'],
      ['vlen_floats', 'it holds lists of varying length'],
      ['vlen_string', 'it holds text'],
    ]);
  });

  it('shows the datasets beside one whose filter is not there, and names the filter', async () => {
    const { tensors, undecoded } = await open('lzf.h5');
    expect(tensors.map(({ name }) => name)).toEqual(['plain']);
    expect(undecoded).toMatchObject([
      { name: 'lzf', dtypeName: 'float32', reason: 'it is compressed by the filter 32000 (lzf), which is not read' },
    ]);
  });

  it('holds bfloat16 where it says so, in either byte order', async () => {
    const { tensors } = await open('bfloat16.h5');
    const values = Float32Array.of(1, -2.5, 0, 3.140625, 1.5703125 * 2 ** 99, Infinity);
    for (const ref of tensors) {
      expect(await readTensor(ref)).toMatchObject({ dtype: 'bfloat16', shape: [2, 3], values });
    }
    expect(tensors).toHaveLength(2);
  });

  it('lists floats of two bytes only where both formats occur, since the library tells them apart by nothing', async () => {
    const { tensors, undecoded = [] } = await open('bfloat16_and_float16.h5');
    expect(tensors.map(({ name }) => name)).toEqual(['z']);
    expect(undecoded.map(({ name, reason }) => [name, reason])).toEqual(
      ['half', 'x'].map((name) => [name, 'it holds floats of 2 bytes in no format that is known, or in several']),
    );
  });

  it('is read by rows: a part of a dataset is that part of the whole', async () => {
    const { tensors } = await open('filters.h5');
    const ref = tensors.find(({ name }) => name === 'gzip_shuffle')!;
    const { values } = await readTensor(ref);
    expect(await readValues(ref, 37, 95)).toEqual(values.slice(37, 95));
  });
});

describe('a damaged file', () => {
  it.each([
    ['bad_truncated.h5', 'hdf5: the file is cut short: 9044 bytes are there, and its header tells of 18088'],
    ['bad_not_hdf5.h5', 'hdf5: it does not begin as an HDF5 file does'],
    ['bad_empty.h5', 'hdf5: it does not begin as an HDF5 file does'],
  ])('%s is refused with the reason', async (name, message) => {
    await expect(open(name)).rejects.toMatchObject({ message });
  });

  it('that breaks the library down leaves it whole for the next one', async () => {
    // Where the library looks for the names of the first group, and follows what it finds there into memory that is not its own.
    const damaged = Uint8Array.from(readFileSync('test/fixtures/formats/h5/groups_attrs.h5')).fill(255, 2048, 2052);
    await expect(openDump(new MemorySource(damaged), 'x.h5')).rejects.toThrow(
      'hdf5: the HDF5 library broke down over it; the file is damaged',
    );
    expect((await open('groups_attrs.h5')).tensors).toHaveLength(6);
  });
});
