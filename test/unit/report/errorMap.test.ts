import { describe, expect, it } from 'vitest';
import { MemorySource } from '../../../src/formats/byteSource';
import { openDump } from '../../../src/formats/openDump';
import { writeNpz } from '../../../src/formats/writeNpz';
import { errorMap } from '../../../src/report/errorMap';
import { tensorOf } from './normRun';

async function refOf(rows: number[][]) {
  const dump = await openDump(new MemorySource(await writeNpz([tensorOf('x', rows)])), 'x.npz');
  return dump.tensors[0];
}

describe('errorMap', () => {
  it('finds how far each row and each feature is off, and how large its reference is', async () => {
    const a = await refOf([
      [1, 2],
      [3, -4],
    ]);
    const b = await refOf([
      [1, 2.5],
      [3, -8],
    ]);
    expect(await errorMap(a, b)).toEqual({
      rows: { maxAbs: Float64Array.of(0.5, 4), scale: Float64Array.of(2.5, 8) },
      features: { maxAbs: Float64Array.of(0, 4), scale: Float64Array.of(3, 8) },
      cells: { block: [1, 1], maxAbs: Float64Array.of(0, 0.5, 0, 4) },
    });
  });

  it('keeps the largest of each block of a matrix with more elements than a picture has room for', async () => {
    const zeros = Array.from({ length: 300 }, () => new Array<number>(600).fill(0));
    const spoiled = zeros.map((row, index) => (index === 299 ? row.with(400, -3) : row));
    const { cells } = await errorMap(await refOf(spoiled), await refOf(zeros));
    expect(cells.block).toEqual([3, 3]);
    expect(cells.maxAbs.length).toBe(100 * 200);
    expect(cells.maxAbs.findIndex((value) => value === 3)).toBe(99 * 200 + Math.floor(400 / 3));
    expect(cells.maxAbs.filter((value) => value !== 0)).toHaveLength(1);
  });

  it('is NaN where only one of them is finite, and 0 where both hold the same infinity or NaN', async () => {
    const a = await refOf([
      [1, NaN],
      [Infinity, NaN],
    ]);
    const b = await refOf([
      [1, 2],
      [Infinity, NaN],
    ]);
    const { rows, features } = await errorMap(a, b);
    expect(Array.from(rows.maxAbs)).toEqual([NaN, 0]);
    expect(Array.from(features.maxAbs)).toEqual([0, NaN]);
  });
});
