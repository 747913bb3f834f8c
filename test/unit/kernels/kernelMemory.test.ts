import { expect, test } from 'vitest';
import { GrowingBuffer } from '../../../src/kernels/growingBuffer';
import { KernelMemory, type LinearMemory } from '../../../src/kernels/kernelMemory';
import { LimitError } from '../../../src/tensor/errors';
import { simd } from './kernelPair';

test('areas follow each other at multiples of 64 bytes', () => {
  const memory = new KernelMemory(new GrowingBuffer(), 100);
  expect(memory.reserve(10)).toBe(128);
  expect(memory.reserve(64)).toBe(192);
  expect(memory.reserve(1)).toBe(256);
});

test('what is released is reserved again, so that steady work takes no more memory', () => {
  const memory = new KernelMemory(new GrowingBuffer(), 64);
  const mark = memory.mark();
  const first = memory.reserve(1_000_000);
  const { buffer } = memory.bytes(first, 1);
  for (let i = 0; i < 5; i++) {
    memory.release(mark);
    expect(memory.reserve(1_000_000)).toBe(first);
  }
  expect(memory.bytes(first, 1).buffer).toBe(buffer);
});

test.each([new KernelMemory(new GrowingBuffer(), 64), simd.memory])('keeps what it holds as it grows', (memory) => {
  const mark = memory.mark();
  const area = memory.reserve(8);
  memory.float64(area, 1)[0] = Math.PI;
  const large = memory.reserve(3_000_000);
  memory.bytes(large, 3_000_000).fill(1);
  expect(memory.float64(area, 1)[0]).toBe(Math.PI);
  memory.release(mark);
});

test('says how much is missing when there is no more', () => {
  const full: LinearMemory = {
    buffer: new ArrayBuffer(65_536),
    grow: () => {
      throw new RangeError('full');
    },
  };
  const memory = new KernelMemory(full, 64);
  expect(() => memory.reserve(100_000)).toThrow(LimitError);
  expect(() => memory.reserve(100_000)).toThrow('hold 65536 bytes of memory and cannot get the 34592 more they need');
});
