import { describe, expect, it } from 'vitest';
import { MemorySource } from '../../../src/formats/byteSource';
import type { Dump, TensorRef } from '../../../src/formats/dump';
import type { ScanEvent } from '../../../src/protocol';
import { FormatError } from '../../../src/tensor/errors';
import { MomentsService } from '../../../src/compute/momentsService';

const service = new MomentsService();

function tensor(name: string, values: Float32Array): TensorRef {
  const source = new MemorySource(new Uint8Array(values.buffer));
  return { name, dtype: 'float32', shape: [values.length], source, byteOffset: 0, strides: [4], littleEndian: true };
}

function dumpOf(...tensors: TensorRef[]): Dump {
  return { format: 'npz', metadata: {}, tensors, notes: [] };
}

const broken: TensorRef = {
  ...tensor('broken', new Float32Array(4)),
  source: { size: 16, read: () => Promise.reject(new FormatError('npz', 'the content is damaged')) },
};

describe('a scan of a dump', () => {
  it('tells the statistics of each tensor, and how far it is', async () => {
    const events: ScanEvent[] = [];
    const dump = dumpOf(tensor('a', Float32Array.of(1, 2, 3, NaN)), tensor('b', new Float32Array(300_000).fill(2)));
    await service.dump(dump, (event) => events.push(event), new AbortController().signal);
    expect(events.filter(({ type }) => type === 'stats')).toMatchObject([
      { tensor: 'a', stats: { count: 4, nan: 1, mean: 2, min: 1, max: 3 } },
      { tensor: 'b', stats: { count: 300_000, mean: 2, variance: 0 } },
    ]);
    const totalBytes = 1_200_016;
    expect(events.filter(({ type }) => type === 'scanProgress')).toEqual([
      { type: 'scanProgress', tensor: 'a', doneBytes: 16, totalBytes },
      { type: 'scanProgress', tensor: 'b', doneBytes: totalBytes, totalBytes },
    ]);
  });

  it('goes on behind a tensor that cannot be read, and says why', async () => {
    const events: ScanEvent[] = [];
    const dump = dumpOf(broken, tensor('a', Float32Array.of(5)));
    await service.dump(dump, (event) => events.push(event), new AbortController().signal);
    expect(events).toContainEqual({
      type: 'stats',
      tensor: 'broken',
      problem: { message: 'npz: the content is damaged', advice: undefined },
    });
    expect(events).toContainEqual(
      expect.objectContaining({ tensor: 'a', stats: expect.objectContaining({ mean: 5 }) }),
    );
  });

  it('ends within a tensor when it is cancelled', async () => {
    const controller = new AbortController();
    const events: ScanEvent[] = [];
    const cancelAtFirst = (event: ScanEvent) => {
      events.push(event);
      controller.abort(new Error('enough'));
    };
    const large = dumpOf(tensor('large', new Float32Array(10_000_000)));
    await expect(service.dump(large, cancelAtFirst, controller.signal)).rejects.toThrow('enough');
    expect(events).toMatchObject([{ type: 'scanProgress' }]);
  });
});
