import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemorySource, type ByteSource } from '../../../src/formats/byteSource';
import type { TensorRef } from '../../../src/formats/dump';
import { byteLength, readTensor, readValues } from '../../../src/formats/readValues';
import { LimitError } from '../../../src/tensor/errors';
import { cOrderStrides, elementCount, unravelIndex, type Shape } from '../../../src/tensor/shape';
import { CountingSource } from './countingSource';

/** Numbers 0, 1, 2, … in the order of the file, of the given shape and strides (in elements). */
function counting(shape: Shape, strides: readonly number[], length = elementCount(shape)) {
  const source = new CountingSource(
    new MemorySource(new Uint8Array(Float64Array.from({ length }, (_, i) => i).buffer)),
  );
  const ref: TensorRef = {
    name: 'x',
    dtype: 'float64',
    shape,
    source,
    byteOffset: 0,
    strides: strides.map((stride) => 8 * stride),
    littleEndian: true,
  };
  return { ref, source };
}

/** A source of zeros of any size. */
function zeros(size: number): ByteSource {
  return { size, read: async (start, end) => new Uint8Array(end - start) };
}

describe('readValues', () => {
  it('reads a stretch of a C-order tensor with one read of exactly its bytes', async () => {
    const { ref, source } = counting([4, 5], [5, 1]);
    expect([...(await readValues(ref, 7, 10))]).toEqual([7, 8, 9]);
    expect(source.reads).toEqual([[56, 80]]);
  });

  it('reads nothing for no values', async () => {
    const { ref, source } = counting([0, 5], [5, 1]);
    expect(await readTensor(ref)).toEqual({ name: 'x', dtype: 'float64', shape: [0, 5], values: new Float64Array() });
    expect(source.reads).toEqual([]);
  });

  it('reads a single number', async () => {
    const { ref } = counting([], []);
    expect([...(await readValues(ref, 0, 1))]).toEqual([0]);
  });

  it('turns Fortran order into C order', async () => {
    const { ref } = counting([2, 3], [1, 2]);
    expect([...(await readValues(ref, 0, 6))]).toEqual([0, 2, 4, 1, 3, 5]);
    expect([...(await readValues(ref, 2, 5))]).toEqual([4, 1, 3]);
  });

  it('picks the fields of records at any byte', async () => {
    // Records of a byte and a big-endian uint16.
    const source = new MemorySource(Uint8Array.of(7, 1, 0, 8, 2, 0, 9, 3, 0));
    const field = { name: 'n', shape: [3], strides: [3], source, littleEndian: false };
    const first: TensorRef = { ...field, dtype: 'uint8', byteOffset: 0 };
    const second: TensorRef = { ...field, dtype: 'uint16', byteOffset: 1 };
    expect([...(await readValues(first, 0, 3))]).toEqual([7, 8, 9]);
    expect([...(await readValues(second, 1, 3))]).toEqual([512, 768]);
    expect(byteLength(second)).toBe(6);
  });

  it('repeats what a stride of 0 repeats', async () => {
    const { ref } = counting([2, 3], [0, 1], 3);
    expect([...(await readValues(ref, 0, 6))]).toEqual([0, 1, 2, 0, 1, 2]);
  });

  it('gives the same as element by element, for any order of the axes, gaps and stretch', async () => {
    const layouts = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }).chain((shape) =>
      fc.record({
        shape: fc.constant(shape),
        order: fc.shuffledSubarray([...shape.keys()], { minLength: shape.length }),
        gap: fc.integer({ min: 1, max: 3 }),
        range: fc.tuple(fc.nat(elementCount(shape)), fc.nat(elementCount(shape))),
      }),
    );
    await fc.assert(
      fc.asyncProperty(layouts, async ({ shape, order, gap, range }) => {
        const padded = order.map((axis) => shape[axis] * gap);
        const strides: number[] = [];
        cOrderStrides(padded).forEach((stride, i) => (strides[order[i]] = stride * gap));
        const { ref } = counting(shape, strides, elementCount(padded) * gap);
        const [start, end] = range.sort((a, b) => a - b);
        const expected = Array.from({ length: end - start }, (_, i) =>
          unravelIndex(start + i, shape).reduce((position, index, axis) => position + index * strides[axis], 0),
        );
        expect([...(await readValues(ref, start, end))]).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('reads one row of a large Fortran-order matrix without the rest', async () => {
    const rows = 1_000_000;
    const cols = 50;
    const source = new CountingSource(zeros(rows * cols * 4));
    const ref: TensorRef = {
      name: 'x',
      dtype: 'float32',
      shape: [rows, cols],
      source,
      byteOffset: 0,
      strides: [4, 4 * rows],
      littleEndian: true,
    };
    expect(await readValues(ref, 5 * cols, 6 * cols)).toHaveLength(cols);
    expect(source.reads).toHaveLength(cols);
    expect(source.bytesRead).toBe(4 * cols);
  });

  it('reads a whole Fortran-order matrix in few reads, of each byte once', async () => {
    const { ref, source } = counting([3000, 2000], [1, 3000]);
    const values = await readValues(ref, 0, 6_000_000);
    expect(values[1]).toBe(3000);
    expect(values[2000]).toBe(1);
    expect(values[5_999_999]).toBe(5_999_999);
    expect(source.reads).toHaveLength(1);
    expect(source.bytesRead).toBe(48_000_000);
  });

  it('refuses values scattered over more places than it may read', async () => {
    const shape = [1_000_000, 1_000_000];
    const strides = [8, 8_000_000];
    const ref = { ...counting([], []).ref, shape, strides, source: zeros(8e12) };
    await expect(readValues(ref, 0, 1_000_000)).rejects.toThrow(LimitError);
  });

  it('refuses more bytes than it may hold', async () => {
    const ref = { ...counting([], []).ref, shape: [2 ** 28], strides: [8], source: zeros(2 ** 31) };
    await expect(readTensor(ref)).rejects.toMatchObject({ name: 'LimitError', advice: 'Ask for fewer rows.' });
  });

  it('knows the ends of the tensor', async () => {
    const { ref } = counting([3], [1]);
    await expect(readValues(ref, 2, 4)).rejects.toThrow(RangeError);
    await expect(readValues(ref, 2, 1)).rejects.toThrow(RangeError);
  });
});
