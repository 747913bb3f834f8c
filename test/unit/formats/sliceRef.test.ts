import { describe, expect, it } from 'vitest';
import { MemorySource } from '../../../src/formats/byteSource';
import { openDump } from '../../../src/formats/openDump';
import { readTensor } from '../../../src/formats/readValues';
import { sliceRef } from '../../../src/formats/sliceRef';
import { writeNpz } from '../../../src/formats/writeNpz';

const x = {
  name: 'x',
  dtype: 'float64' as const,
  shape: [2, 3, 4],
  values: Float64Array.from({ length: 24 }, (_, i) => i),
};
const stored = async () => (await openDump(new MemorySource(await writeNpz([x])), 'x.npz')).tensors[0];

describe('sliceRef', () => {
  it('holds an axis at an index, as x[:, 1, :] does', async () => {
    const { shape, values } = await readTensor(sliceRef(await stored(), [null, 1, null]));
    expect(shape).toEqual([2, 4]);
    expect(Array.from(values as Float64Array)).toEqual([4, 5, 6, 7, 16, 17, 18, 19]);
  });

  it('leaves a column where all other axes are held', async () => {
    const { shape, values } = await readTensor(sliceRef(await stored(), [1, null, 2]));
    expect(shape).toEqual([3]);
    expect(Array.from(values as Float64Array)).toEqual([14, 18, 22]);
  });

  it.each([
    [[2, null, null], '[2, :, :]'],
    [[null, null], '[:, :]'],
    [[0, 0, 0], '[0, 0, 0]'],
    [[-1, null, null], '[-1, :, :]'],
    [[0.5, null, null], '[0.5, :, :]'],
  ])('refuses %j', async (slice, written) => {
    const ref = await stored();
    expect(() => sliceRef(ref, slice)).toThrow(`"x" (2, 3, 4) has no slice ${written}.`);
  });
});
