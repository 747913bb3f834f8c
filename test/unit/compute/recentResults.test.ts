import { expect, test } from 'vitest';
import { RecentResults } from '../../../src/compute/recentResults';

test('keeps a result for each key', () => {
  const results = new RecentResults(100);
  results.set({ key: 'rows', result: 'by row', bytes: 10 });
  expect(results.get('rows')?.result).toBe('by row');
  expect(results.get('columns')).toBeUndefined();
});

test('forgets what was unused the longest', () => {
  const results = new RecentResults(100);
  for (const key of ['a', 'b', 'c']) {
    results.set({ key, result: 1, bytes: 40 });
    results.get('a');
  }
  expect(['a', 'b', 'c'].map((key) => results.get(key)?.result)).toEqual([1, undefined, 1]);
});

test('keeps nothing that is larger than all it may keep', () => {
  const results = new RecentResults(100);
  results.set({ key: 'a', result: 1, bytes: 101 });
  results.set({ key: 'b', result: 2, bytes: 100 });
  expect(['a', 'b'].map((key) => results.get(key)?.result)).toEqual([undefined, 2]);
});
