import { describe, expect, it } from 'vitest';
import { MemorySource } from '../../../src/formats/byteSource';
import { openNpy } from '../../../src/formats/npy';
import { readTensor } from '../../../src/formats/readValues';
import { CountingSource } from './countingSource';
import { float64Npy, npyFile } from './makeFiles';

const open = (bytes: Uint8Array, fileName = 'h.npy') => openNpy(new MemorySource(bytes), fileName);

/** Opens an array of records, 'shape' (2,). */
const openRecords = (descr: string, data: readonly number[]) =>
  open(npyFile(`{'descr': ${descr}, 'fortran_order': False, 'shape': (2,)}`, Uint8Array.from(data)));

async function valuesOf(dump: Awaited<ReturnType<typeof open>>) {
  const tensors = await Promise.all(dump.tensors.map((ref) => readTensor(ref)));
  return tensors.map(({ name, shape, values }) => [name, shape, [...values]]);
}

describe('a .npy file', () => {
  it('is one tensor, named as the file', async () => {
    const dump = await open(float64Npy([2, 2], [1, 2, 3, 4]), 'layer0.input.NPY');
    expect(dump).toMatchObject({ format: 'npy', metadata: {}, notes: [] });
    expect(await valuesOf(dump)).toEqual([['layer0.input', [2, 2], [1, 2, 3, 4]]]);
  });

  it('is opened by one read of its first bytes, however large', async () => {
    const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000, 1)}`.padEnd(117) + '\n';
    const head = npyFile(header);
    const source = new CountingSource({
      size: head.length + 4e9,
      read: async (start, end) => {
        const bytes = new Uint8Array(end - start);
        bytes.set(head.subarray(start, end));
        return bytes;
      },
    });
    const { tensors } = await openNpy(source, 'large.npy');
    expect(tensors[0].shape).toEqual([1_000_000_000, 1]);
    expect(source.reads).toEqual([[0, 256]]);
  });

  it('may have a header longer than most', async () => {
    const header = `{'descr': '<f8', 'fortran_order': False, 'shape': (1,)}`.padEnd(4000);
    const file = npyFile(header, new Uint8Array(Float64Array.of(2.5).buffer), 2);
    expect(await valuesOf(await open(file))).toEqual([['h', [1], [2.5]]]);
    await expect(open(npyFile(header.padEnd(1 << 16), undefined, 1))).rejects.toThrow('npy: ');
  });

  it('says what is wrong, where, and what to do', async () => {
    const cutShort = float64Npy([3, 4], [1, 2, 3]);
    await expect(open(cutShort)).rejects.toMatchObject({
      message: `npy: the header says (3, 4) <f8, which takes 96 bytes; 24 follow (byte ${cutShort.length})`,
      advice: 'The file may be cut short; save or copy it again.',
    });
  });

  it('with bytes behind the array is read with a note', async () => {
    const { notes } = await open(Uint8Array.of(...float64Npy([1], [1]), 0, 0));
    expect(notes).toEqual(['2 bytes behind the array are ignored.']);
  });

  it('may not claim more empty rows than anyone could look at', async () => {
    await expect(open(float64Npy([2 ** 40, 0], []))).rejects.toThrow('1099511627776 rows without values');
    expect((await open(float64Npy([1000, 0], []))).tensors[0].shape).toEqual([1000, 0]);
  });
});

describe('an array of records', () => {
  it('is a tensor for every numeric field, nested ones and sub-arrays too', async () => {
    const dump = await openRecords(
      `[('id', '|u1'), ('v', [('re', '>i2'), ('im', '<i2')], (2,)), (('a title', 'b'), '|b1')]`,
      [1, 0, 2, 3, 0, 0, 4, 5, 0, 1, /* second record */ 6, 0, 7, 8, 0, 0, 9, 10, 0, 0],
    );
    expect(await valuesOf(dump)).toEqual([
      ['id', [2], [1, 6]],
      ['v.re', [2, 2], [2, 4, 7, 9]],
      ['v.im', [2, 2], [3, 5, 8, 10]],
      ['b', [2], [1, 0]],
    ]);
  });

  it('says which fields hold no numbers', async () => {
    const dump = await openRecords(`[('s', '|S1'), ('', '|V1'), ('n', '|i1')]`, [65, 0, 3, 66, 0, 255]);
    expect(await valuesOf(dump)).toEqual([['n', [2], [3, -1]]]);
    expect(dump.notes).toEqual(['The field "s" is not shown: it holds no numbers ("|S1": byte strings).']);
  });

  it.each([
    [`[('s', '|S1')]`, 'the array holds no numbers ("|S1": byte strings)'],
    [`[]`, 'the array holds no numbers (no fields)'],
    [`[('o', '|O'), ('n', '|i1')]`, 'the values are Python objects ("|O")'],
    [`[('n', '|i1'), ('n', '|i1')]`, 'descr names two fields alike'],
    [`[('n',)]`, 'a field that is not (name, type)'],
    [`[(3, '|i1')]`, 'a field that is not (name, type)'],
    [`[('n', '|i1', (-1,))]`, 'the shape of the field "n" holds -1'],
    [`[('n', '|i1', (9007199254740991,)), ('m', '|i1', (9007199254740991,))]`, 'more bytes than can be counted'],
    [`3`, 'descr is neither a type nor a list of fields'],
    [`'<f3'`, 'the dtype "<f3" is unknown'],
    [`'|V2'`, 'raw bytes, perhaps numbers of a dtype that NumPy does not know, such as bfloat16'],
  ])('of %s is refused', async (descr, message) => {
    await expect(openRecords(descr, [1, 2, 3, 4])).rejects.toThrow(message);
  });
});
