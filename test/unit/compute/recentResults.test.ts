import { expect, test } from 'vitest';
import { MemorySource } from '../../../src/formats/byteSource';
import type { TensorRef } from '../../../src/formats/dump';
import { RecentResults } from '../../../src/compute/recentResults';

const source = new MemorySource(new Uint8Array(8));
const ref: TensorRef = {
  name: 'x',
  dtype: 'float32',
  shape: [2],
  source,
  byteOffset: 0,
  strides: [4],
  littleEndian: true,
};
const file = { path: '/a.npy', fileSize: 8, modified: 1, start: 0 };

test('keeps a result for each question', () => {
  const results = new RecentResults<string>(100);
  results.set(ref, 'rows', 'by row', 10);
  expect(results.get(ref, 'rows')).toBe('by row');
  expect(results.get(ref, 'columns')).toBeUndefined();
});

test('knows a file that is opened again, unless it was written meanwhile', () => {
  const results = new RecentResults<string>(100);
  const at = (stretch: typeof file) => ({
    ...ref,
    source: Object.assign(new MemorySource(new Uint8Array(8)), { stretch }),
  });
  results.set(at(file), '', 'known', 10);
  expect(results.get(at({ ...file }), '')).toBe('known');
  expect(results.get(at({ ...file, modified: 2 }), '')).toBeUndefined();
  expect(results.get(at({ ...file, path: '/b.npy' }), '')).toBeUndefined();
});

test('tells other sources apart by what they are', () => {
  const results = new RecentResults<string>(100);
  results.set(ref, '', 'known', 10);
  expect(results.get({ ...ref, source: new MemorySource(new Uint8Array(8)) }, '')).toBeUndefined();
});

test('forgets what was unused the longest', () => {
  const results = new RecentResults<number>(100);
  for (const question of ['a', 'b', 'c']) {
    results.set(ref, question, 1, 40);
    results.get(ref, 'a');
  }
  expect(['a', 'b', 'c'].map((question) => results.get(ref, question))).toEqual([1, undefined, 1]);
});
