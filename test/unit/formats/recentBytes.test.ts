import { describe, expect, it } from 'vitest';
import { RecentBytes } from '../../../src/formats/recentBytes';

/** Owners whose bytes are made anew each time, and how often that happened. */
function makers(recent: RecentBytes) {
  const made: string[] = [];
  const owners = new Map<string, object>();
  const get = (name: string, size = 40) => {
    const owner = owners.get(name) ?? {};
    owners.set(name, owner);
    return recent.get(owner, size, async () => {
      made.push(name);
      return new Uint8Array(size);
    });
  };
  return { made, get };
}

describe('RecentBytes', () => {
  it('makes bytes once while they fit', async () => {
    const { made, get } = makers(new RecentBytes(100));
    expect(await get('a')).toBe(await get('a'));
    await Promise.all([get('b'), get('b')]);
    expect(made).toEqual(['a', 'b']);
  });

  it('lets go of those not used for the longest time', async () => {
    const { made, get } = makers(new RecentBytes(100));
    for (const name of ['a', 'b', 'a', 'c', 'a', 'b']) {
      await get(name);
    }
    expect(made).toEqual(['a', 'b', 'c', 'b']);
  });

  it('holds bytes larger than all it may hold alone', async () => {
    const { made, get } = makers(new RecentBytes(100));
    await get('a');
    await get('large', 1000);
    await get('large', 1000);
    await get('a');
    expect(made).toEqual(['a', 'large', 'a']);
  });

  it('tries again after a failure', async () => {
    const recent = new RecentBytes(100);
    const owner = {};
    await expect(recent.get(owner, 10, () => Promise.reject(new Error('torn')))).rejects.toThrow('torn');
    expect(await recent.get(owner, 10, async () => new Uint8Array(10))).toHaveLength(10);
  });
});
