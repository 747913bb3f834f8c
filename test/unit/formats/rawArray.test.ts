import { describe, expect, it } from 'vitest';
import { MemorySource } from '../../../src/formats/byteSource';
import { openRaw } from '../../../src/formats/rawArray';
import { readTensor } from '../../../src/formats/readValues';

const layout = { dtype: 'int16', shape: [2, -1], littleEndian: true, byteOffset: 0 } as const;
const file = (...bytes: number[]) => new MemorySource(Uint8Array.from(bytes));

describe('a file without a header', () => {
  it('is read as its layout says: -1 fills the room', async () => {
    const { tensors, notes } = openRaw(file(1, 0, 2, 0, 3, 0, 0xff, 0xff), 'x.bin', layout);
    const { name, shape, values } = await readTensor(tensors[0]);
    expect([name, shape, ...values]).toEqual(['x', [2, 2], 1, 2, 3, -1]);
    expect(notes).toEqual([]);
  });

  it('may begin with something else, be big-endian and have something behind', async () => {
    const { tensors, notes } = openRaw(file(9, 0, 1, 0, 2, 7), 'x.bin', {
      ...layout,
      shape: [2],
      littleEndian: false,
      byteOffset: 1,
    });
    expect([...(await readTensor(tensors[0])).values]).toEqual([1, 2]);
    expect(notes).toEqual(['1 bytes behind the array are ignored.']);
  });

  it.each([
    [{ shape: [5] }, 'raw: (5) int16 takes 10 bytes, 8 follow byte 0'],
    [{ byteOffset: 9 }, 'raw: the values begin at byte 9 of a file of 8 bytes'],
    [{ shape: [-1, -1] }, 'raw: the shape holds -1; every length must be a whole number from 0 to 2^53'],
    [
      { shape: [2 ** 40, 2 ** 40] },
      'raw: the shape (1099511627776, 1099511627776) has more elements than can be counted',
    ],
  ])('is refused where %j does not fit it', (change, message) => {
    expect(() => openRaw(file(0, 0, 0, 0, 0, 0, 0, 0), 'x.bin', { ...layout, ...change })).toThrow(message);
  });
});
