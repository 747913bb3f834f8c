import { expect, test } from 'vitest';
import { MemorySource } from '../../../src/formats/byteSource';
import type { TensorRef } from '../../../src/formats/dump';
import { ResultKeys } from '../../../src/compute/resultKeys';

const keys = new ResultKeys();
const ref: TensorRef = {
  name: 'x',
  dtype: 'float32',
  shape: [2],
  source: new MemorySource(new Uint8Array(8)),
  byteOffset: 0,
  strides: [4],
  littleEndian: true,
};
const file = { path: '/a.npy', fileSize: 8, modified: 1, start: 0 };

/** The same tensor of a file that was just opened. */
function inFile(origin: typeof file, tensor = ref): TensorRef {
  return { ...tensor, source: Object.assign(new MemorySource(new Uint8Array(8)), { origin }) };
}

test('a file is known again, unless it was written meanwhile', () => {
  const key = keys.of(inFile(file), '-1');
  expect(keys.of(inFile({ ...file }), '-1')).toBe(key);
  expect(keys.of(inFile(file, { ...ref, name: 'y' }), '-1')).toBe(key);
  expect(keys.of(inFile({ ...file, modified: 2 }), '-1')).not.toBe(key);
  expect(keys.of(inFile({ ...file, fileSize: 9 }), '-1')).not.toBe(key);
  expect(keys.of(inFile({ ...file, path: '/b.npy' }), '-1')).not.toBe(key);
});

test('other values and other questions are told apart', () => {
  const key = keys.of(inFile(file), '-1');
  expect(keys.of(inFile(file), '0')).not.toBe(key);
  expect(keys.of(inFile(file, { ...ref, byteOffset: 4 }), '-1')).not.toBe(key);
  expect(keys.of(inFile(file, { ...ref, littleEndian: false }), '-1')).not.toBe(key);
});

test('other sources are told apart by what they are', () => {
  expect(keys.of(ref, '')).toBe(keys.of({ ...ref }, ''));
  expect(keys.of({ ...ref, source: new MemorySource(new Uint8Array(8)) }, '')).not.toBe(keys.of(ref, ''));
});
