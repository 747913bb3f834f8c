import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { MemorySource } from '../../../src/formats/byteSource';
import { inflateHead } from '../../../src/formats/inflateHead';
import { CountingSource } from './countingSource';

const noise = Uint8Array.from({ length: 1_000_000 }, (_, i) => Math.abs(Math.sin(i)) * 1e6);

function deflated(bytes: Uint8Array, level = 6) {
  return new CountingSource(new MemorySource(deflateRawSync(bytes, { level })));
}

describe('inflateHead', () => {
  it.each([0, 1, 6, 9])('gives the first bytes of data deflated at level %i, reading little of it', async (level) => {
    const source = deflated(noise, level);
    for (const length of [1, 10, 128, 256, 4096]) {
      source.reads.length = 0;
      expect(await inflateHead(source, length)).toEqual(noise.subarray(0, length));
      expect(source.bytesRead).toBeLessThanOrEqual(2 * length + 1024);
    }
  });

  it('gives all there is', async () => {
    expect(await inflateHead(deflated(noise.subarray(0, 100)), 100)).toEqual(noise.subarray(0, 100));
    expect(await inflateHead(deflated(noise.subarray(0, 100)), 200)).toEqual(noise.subarray(0, 100));
    expect(await inflateHead(deflated(new Uint8Array(50_000_000)), 256)).toEqual(new Uint8Array(256));
  });

  it('fails on what is not deflated', async () => {
    await expect(inflateHead(new MemorySource(Uint8Array.of(6, 7, 8)), 10)).rejects.toThrow();
    await expect(inflateHead(new MemorySource(new Uint8Array()), 10)).rejects.toThrow();
  });
});
