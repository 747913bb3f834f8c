import { expect, it } from 'vitest';
import { MemorySource } from '../../../src/formats/byteSource';
import { SourceWindow } from '../../../src/formats/sourceWindow';

const source = new MemorySource(Uint8Array.from({ length: 10 }, (_, i) => i));

it('reads bytes in memory by range, and no more than there are', async () => {
  expect([...(await source.read(3, 5))]).toEqual([3, 4]);
  await expect(source.read(8, 11)).rejects.toThrow('Bytes 8 to 11 were asked of 10.');
});

it('reads a stretch of a source as if it were all', async () => {
  const window = new SourceWindow(source, 4, 3);
  expect(window.size).toBe(3);
  expect([...(await window.read(1, 3))]).toEqual([5, 6]);
});
