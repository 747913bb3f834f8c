import { describe, expect, it } from 'vitest';
import { MemorySource, type ByteSource } from '../../../src/formats/byteSource';
import type { TensorRef } from '../../../src/formats/dump';
import { momentsAt } from '../../../src/compute/momentsTable';
import { planRows } from '../../../src/compute/planScan';
import { SameThread } from '../../../src/compute/sameThread';
import { rowsMoments } from '../../../src/compute/tensorMoments';
import { momentsOf, variance } from '../../../src/norm/moments';
import { cOrderStrides } from '../../../src/tensor/shape';

/** Counts the bytes that are read of a tensor. */
class CountingSource extends MemorySource {
  bytesRead = 0;

  override async read(start: number, end: number): Promise<Uint8Array> {
    this.bytesRead += end - start;
    return super.read(start, end);
  }
}

const values = Float32Array.from({ length: 6_000_000 }, (_, i) => Math.sin(i) + (i % 1000) / 100);

function tensor(shape: readonly number[], order: 'C' | 'Fortran', source: ByteSource): TensorRef {
  const strides = order === 'C' ? cOrderStrides(shape) : cOrderStrides(shape.toReversed()).toReversed();
  const bytes = strides.map((stride) => 4 * stride);
  return { name: 'x', dtype: 'float32', shape, source, byteOffset: 0, strides: bytes, littleEndian: true };
}

/** The values of one row, picked one by one. */
function valuesOfRow({ shape, strides }: TensorRef, axes: readonly number[], row: number): number[] {
  const kept = [...shape.keys()].filter((axis) => !axes.includes(axis));
  let rest = row;
  let start = 0;
  for (const axis of kept.toReversed()) {
    start += (rest % shape[axis]) * (strides[axis] / 4);
    rest = Math.floor(rest / shape[axis]);
  }
  const offsets = axes.reduce(
    (found, axis) => found.flatMap((at) => Array.from({ length: shape[axis] }, (_, i) => at + i * (strides[axis] / 4))),
    [start],
  );
  return offsets.map((at) => values[at]);
}

describe('rows that lie across the file', () => {
  it.each([
    ['columns of a matrix', [6000, 1000], [0], 'C'],
    ['columns of few wide rows', [3, 2_000_000], [0], 'C'],
    ['the middle axis', [2, 3000, 1000], [1], 'C'],
    ['the middle axis of many', [3000, 2, 1000], [1], 'C'],
    ['the outer axes, as of a channels-last batch', [60, 1000, 100], [0, 1], 'C'],
    ['the first and the last axis', [100, 60, 1000], [0, 2], 'C'],
    ['the last axis in Fortran order', [6000, 1000], [1], 'Fortran'],
    ['the first axis in Fortran order', [100, 60, 1000], [0], 'Fortran'],
    ['the last axis of three in Fortran order', [60, 100, 1000], [2], 'Fortran'],
  ] as const)('%s', async (_, shape, axes, order) => {
    const source = new CountingSource(new Uint8Array(values.buffer));
    const ref = tensor(shape, order, source);
    const { rows, table, all } = await rowsMoments(ref, axes, new SameThread());
    expect(all.count).toBe(values.length);
    for (const row of [0, 1, Math.floor(rows / 2), rows - 1]) {
      const found = momentsAt(table, row);
      const expected = momentsOf(Float64Array.from(valuesOfRow(ref, axes, row)));
      expect([found.count, found.min, found.max, found.zero]).toEqual([
        expected.count,
        expected.min,
        expected.max,
        expected.zero,
      ]);
      expect(found.mean).toBeCloseTo(expected.mean, 11);
      expect(variance(found)).toBeCloseTo(variance(expected), 9);
    }
    // Not each row by itself through the whole file.
    expect(source.bytesRead).toBeLessThanOrEqual(values.byteLength);
  });

  it('are cut the same way whoever scans them, so that results are reproducible', () => {
    const ref = tensor([6000, 1000], 'C', new MemorySource(new Uint8Array(values.buffer)));
    const { jobs } = planRows(ref, [0]);
    expect(jobs.length).toBeGreaterThan(4);
    expect(jobs.every(({ isPartial, firstRow }) => isPartial && firstRow === 0)).toBe(true);
  });
});
