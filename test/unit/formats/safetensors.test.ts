import { describe, expect, it } from 'vitest';
import { MemorySource } from '../../../src/formats/byteSource';
import { readValues } from '../../../src/formats/readValues';
import { openSafetensors } from '../../../src/formats/safetensors';
import { CountingSource } from './countingSource';
import { safetensorsFile } from './makeFiles';

const open = (header: unknown, dataBytes = 0) =>
  openSafetensors(new MemorySource(safetensorsFile(header, new Uint8Array(dataBytes))), 'x.safetensors');

const tensor = (dtype: string, shape: readonly number[], begin: number, end: number) => ({
  dtype,
  shape,
  data_offsets: [begin, end],
});

describe('a large file', () => {
  const rows = 2500;
  const tensorBytes = rows * 1000 * 4;
  const header = Object.fromEntries(
    Array.from({ length: 1000 }, (_, i) => [
      `blocks.${i}.ln.input`,
      tensor('F32', [rows, 1000], i * tensorBytes, (i + 1) * tensorBytes),
    ]),
  );
  const head = safetensorsFile(header);
  const source = new CountingSource({
    size: head.length + 1000 * tensorBytes,
    read: async (start, end) => {
      const bytes = new Uint8Array(end - start);
      bytes.set(head.subarray(start, end));
      return bytes;
    },
  });

  it('is opened by reading its header only, and one row by reading that row only', async () => {
    expect(source.size).toBeGreaterThan(1e10);
    const { tensors } = await openSafetensors(source, 'large.safetensors');
    expect(tensors).toHaveLength(1000);
    expect(source.bytesRead).toBe(head.length);
    source.reads.length = 0;
    await readValues(tensors[999], 1000, 2000);
    const row = head.length + 999 * tensorBytes + 4000;
    expect(source.reads).toEqual([[row, row + 4000]]);
  });
});

describe('the list of tensors', () => {
  it('is in the order of the data, whatever the order of the header', async () => {
    const { tensors } = await open({ '2': tensor('U8', [3], 2, 5), '10': tensor('U8', [2], 0, 2) }, 5);
    expect(tensors.map(({ name }) => name)).toEqual(['10', '2']);
  });

  it('tells of tensors whose dtype cannot be decoded apart', async () => {
    const header = { w: tensor('F4', [4], 0, 2), scale: tensor('F8_E8M0', [1], 2, 3), b: tensor('U8', [1], 3, 4) };
    const { tensors, undecoded } = await open(header, 4);
    expect(tensors.map(({ name }) => name)).toEqual(['b']);
    expect(undecoded).toEqual([
      { name: 'w', dtypeName: 'F4', shape: [4], bytes: 2, reason: 'its dtype F4 is not decoded' },
      { name: 'scale', dtypeName: 'F8_E8M0', shape: [1], bytes: 1, reason: 'its dtype F8_E8M0 is not decoded' },
    ]);
  });

  it('takes the names that JavaScript objects have of their own', async () => {
    const header =
      '{"__metadata__":{"__proto__":"a","constructor":"b"},"__proto__":{"dtype":"U8","shape":[],"data_offsets":[0,1]}}';
    const { tensors, metadata } = await open(header, 1);
    expect(tensors.map(({ name }) => name)).toEqual(['__proto__']);
    expect(Object.entries(metadata)).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ]);
  });
});

describe('refusals', () => {
  it('name the tensor, in one line, and the place', async () => {
    await expect(open({ 'a\nb': tensor('F32', [2], 0, 4) }, 4)).rejects.toMatchObject({
      message: `safetensors: tensor "a\\nb": (2) F32 takes 8 bytes, its data_offsets [0, 4] give 4 (byte 65)`,
      byteOffset: 65,
    });
  });

  it('say that a file is cut short', async () => {
    await expect(open({ w: tensor('F32', [2], 0, 8) }, 5)).rejects.toMatchObject({
      reason: 'tensor "w" ends at byte 8 of the data, which has 5',
      advice: 'The file may be cut short; copy or download it again.',
    });
  });

  it('find a key that stands twice at any depth', async () => {
    await expect(open('{"w":{"dtype":"U8","dtype":"I8","shape":[1],"data_offsets":[0,1]}}', 1)).rejects.toThrow(
      'the JSON of the header is faulty: key "dtype" stands twice in one object',
    );
  });
});
