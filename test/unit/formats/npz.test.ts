import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { MemorySource } from '../../../src/formats/byteSource';
import { openZip } from '../../../src/formats/openZip';
import { readTensor, readValues } from '../../../src/formats/readValues';
import { FormatError } from '../../../src/tensor/errors';
import { CountingSource } from './countingSource';
import { float64Npy, npyFile, zipFile } from './makeFiles';

const objects = npyFile(`{'descr': '|O', 'fortran_order': False, 'shape': (1,)}`, Uint8Array.of(0x80, 2, 0x2e));
const ones = (count: number) => float64Npy([count], new Array<number>(count).fill(1));

/** An array that deflate hardly makes smaller. */
const noise = Float64Array.from({ length: 200_000 }, (_, i) => Math.sin(i));
const noisy = float64Npy([noise.length], [...noise]);

const open = (bytes: Uint8Array) => openZip(new MemorySource(bytes), 'x.npz');

describe('stored members', () => {
  it('are read by range: opening takes the directory and the headers alone', async () => {
    const file = await zipFile([['x.npy', ones(100_000)], ['y.npy', ones(100_000)]], { level: 0 }); // prettier-ignore
    const source = new CountingSource(new MemorySource(file));
    const { tensors } = await openZip(source, 'x.npz');
    // The end of the directory is looked for in the last 64 KiB, where a comment may follow it.
    expect(source.bytesRead).toBeLessThan(67_000);
    source.reads.length = 0;
    expect([...(await readValues(tensors[1], 50_000, 50_002))]).toEqual([1, 1]);
    expect(source.bytesRead).toBe(16);
  });

  it('have their checksum compared when all of their bytes have been read', async () => {
    const file = await zipFile([['x.npy', ones(1000)]], { level: 0 });
    const bytes = Uint8Array.from(file);
    bytes[4000] ^= 1;
    const [x] = (await open(bytes)).tensors;
    await readValues(x, 0, 100);
    await readValues(x, 100, 200);
    await expect(readValues(x, 200, 1000)).rejects.toThrow('the content of "x.npy" does not match its checksum');
    await expect(readValues(x, 0, 1)).rejects.toThrow('does not match');
  });
});

describe('deflated members', () => {
  it('are inflated only as far as the header needs to be listed', async () => {
    const file = await zipFile([['x.npy', noisy], ['y.npy', noisy]], { level: 1 }); // prettier-ignore
    expect(file.length).toBeGreaterThan(2e6);
    const source = new CountingSource(new MemorySource(file));
    const { tensors } = await openZip(source, 'x.npz');
    expect(tensors.map(({ shape }) => shape)).toEqual([[200_000], [200_000]]);
    expect(source.bytesRead).toBeLessThan(70_000);
  });

  it('are inflated once, when first read', async () => {
    const source = new CountingSource(new MemorySource(await zipFile([['x.npy', noisy]], { level: 1 })));
    const [x] = (await openZip(source, 'x.npz')).tensors;
    source.reads.length = 0;
    expect((await readTensor(x)).values).toEqual(noise);
    const { bytesRead } = source;
    expect([...(await readValues(x, 5, 6))]).toEqual([noise[5]]);
    expect(source.bytesRead).toBe(bytesRead);
  });

  it('that are damaged are refused by name', async () => {
    const bytes = Uint8Array.from(await zipFile([['x.npy', noisy]], { level: 1 }));
    bytes[1_000_000] ^= 0x55;
    const [x] = (await open(bytes)).tensors;
    await expect(readTensor(x)).rejects.toThrow(/^npz: "x\.npy" is damaged: .+ \(byte 0\)$/);
  });

  it('whose file cannot be read any more say so, not that they are damaged', async () => {
    const source = new MemorySource(await zipFile([['x.npy', noisy]], { level: 1 }));
    let isClosed = false;
    const read = async (start: number, end: number) => {
      if (isClosed) {
        throw new FormatError('file', 'the file is gone');
      }
      return source.read(start, end);
    };
    const [x] = (await openZip({ size: source.size, read }, 'x.npz')).tensors;
    isClosed = true;
    await expect(readTensor(x)).rejects.toThrow('file: the file is gone');
    isClosed = false;
    expect((await readTensor(x)).values).toEqual(noise);
  });

  it('can be read after the signal that could have stopped their listing', async () => {
    const opening = new AbortController();
    const source = new MemorySource(await zipFile([['x.npy', noisy]], { level: 1 }));
    const [x] = (await openZip(source, 'x.npz', opening.signal)).tensors;
    opening.abort();
    expect((await readTensor(x)).values).toEqual(noise);
  });

  it('may have a header longer than their head', async () => {
    const header = `{'descr': '<f8', 'fortran_order': False, 'shape': (1,)}`.padEnd(10_000);
    const long = npyFile(header, new Uint8Array(Float64Array.of(2.5).buffer), 2);
    const [x] = (await open(await zipFile([['x.npy', long]]))).tensors;
    expect([...(await readTensor(x)).values]).toEqual([2.5]);
  });

  it('that claim more than they can hold are refused before they are inflated', async () => {
    const file = await zipFile([['x.npy', ones(10)]], { level: 6 });
    const view = new DataView(file.buffer, file.byteOffset);
    const directory = view.getUint32(file.length - 6, true);
    view.setUint32(directory + 24, 0x7fffffff, true);
    await expect(open(file)).rejects.toThrow('"x.npy" claims 2147483647 bytes, more than');
  });
});

describe('members that cannot be read', () => {
  it('do not hide the others', async () => {
    const file = await zipFile([['bad.npy', objects], ['x.npy', ones(3)], ['notes.txt', Uint8Array.of(33)]]); // prettier-ignore
    const { tensors, notes } = await open(file);
    expect(tensors.map(({ name }) => name)).toEqual(['x']);
    expect(notes[0]).toMatch(/^Not shown: npz: "bad\.npy": the values are Python objects \("\|O"\)/);
    expect(notes[1]).toBe('"notes.txt" is passed over: it is no .npy member.');
  });

  it('are the reason of the refusal where there are no others', async () => {
    await expect(open(await zipFile([['bad.npy', objects]]))).rejects.toThrow(
      '"bad.npy": the values are Python objects',
    );
    await expect(open(await zipFile([['notes.txt', Uint8Array.of(33)]]))).rejects.toThrow(
      'of the 1 member of the zip file none is a .npy file',
    );
    const encrypted = await zipFile([['x.npy', ones(3)]], { password: 'secret', zipCrypto: true });
    await expect(open(encrypted)).rejects.toThrow('"x.npy" is encrypted');
  });
});

describe('names', () => {
  it('keep all but the ending, and stand before those of fields', async () => {
    const records = npyFile(
      `{'descr': [('a', '|u1'), ('b', '|u1')], 'fortran_order': False, 'shape': (1,)}`,
      Uint8Array.of(1, 2),
    );
    const { tensors } = await open(await zipFile([['../x.npy', ones(1)], ['r.npy', records]])); // prettier-ignore
    expect(tensors.map(({ name }) => name)).toEqual(['../x', 'r.a', 'r.b']);
  });

  it('that stand twice name the last member', async () => {
    const { notes } = await open(await readFile('test/fixtures/formats/npz/duplicate_member.npz'));
    expect(notes).toEqual(['Several members have the same name; the last of each name is shown.']);
  });
});

it('reads zip64 archives', async () => {
  const { tensors } = await open(await zipFile([['x.npy', ones(3)]], { zip64: true, level: 0 }));
  expect([...(await readTensor(tensors[0])).values]).toEqual([1, 1, 1]);
});

it('stops when it is told to', async () => {
  const file = await zipFile([['x.npy', ones(3)]]);
  await expect(openZip(new MemorySource(file), 'x.npz', AbortSignal.abort())).rejects.toThrow('aborted');
});
