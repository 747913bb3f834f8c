import { truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TensorRef } from '../../../src/formats/dump';
import { FileSource } from '../../../src/formats/fileSource';
import { SameThread } from '../../../src/compute/sameThread';
import { rowsMoments, tensorMoments } from '../../../src/compute/tensorMoments';
import { WorkerPool } from '../../../src/compute/workerPool';
import { Random } from '../../../src/norm/random';
import { dtypes } from '../../../src/tensor/dtype';
import { cOrderStrides } from '../../../src/tensor/shape';
import { FormatError } from '../../../src/tensor/errors';
import { buildWorker, type WorkerFolder } from './buildWorker';

/** Enough for three jobs. */
const count = 10_000_000;

let built: WorkerFolder;
let source: FileSource;
beforeAll(async () => {
  built = await buildWorker();
  const random = new Random(5);
  const values = Float32Array.from({ length: 65_537 }, () => 3 + random.normal());
  const repeated = Float32Array.from({ length: count }, (_, i) => values[i % values.length]);
  repeated[7_000_001] = NaN;
  repeated[7_000_002] = -1e6;
  await writeFile(join(built.folder, 'x.f32'), repeated);
  source = await FileSource.open(join(built.folder, 'x.f32'));
});
afterAll(async () => {
  await source.close();
  await built.remove();
});

function tensor(shape: readonly number[], from = source): TensorRef {
  const strides = cOrderStrides(shape).map((stride) => 4 * stride);
  return { name: 'x', dtype: 'float32', shape, source: from, byteOffset: 0, strides, littleEndian: true };
}

async function withPool<T>(size: number, use: (pool: WorkerPool) => Promise<T>, file = built.workerFile): Promise<T> {
  const pool = new WorkerPool(file, size);
  try {
    return await use(pool);
  } finally {
    await pool.dispose();
  }
}

describe('a pool of workers', () => {
  it.each([1, 2, 3])('of %d gives to the last bit what this thread gives', async (size) => {
    const here = new SameThread();
    await withPool(size, async (pool) => {
      expect(await tensorMoments(tensor([count]), pool)).toEqual(await tensorMoments(tensor([count]), here));
      for (const [shape, axes] of [
        [[10_000, 1000], [-1]],
        [[2, count / 2], [-1]],
        [
          [4, 5, count / 20],
          [0, 2],
        ],
      ] as const) {
        expect(await rowsMoments(tensor(shape), axes, pool)).toEqual(await rowsMoments(tensor(shape), axes, here));
      }
    });
  });

  it('finds what is planted in a row', async () => {
    const { table, all } = await withPool(2, (pool) => rowsMoments(tensor([10, count / 10]), [-1], pool));
    expect(Array.from(table.columns.nan)).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 0, 0]);
    expect(table.columns.min[7]).toBe(-1e6);
    expect(all).toMatchObject({ count, nan: 1, min: -1e6 });
  });

  it.each([
    ['float32', 2 ** 30],
    ['int64', 2 ** 29],
  ] as const)('stops a scan of %s within 100 ms of being told, and works on', async (dtype, length) => {
    const path = join(built.folder, 'sparse');
    await writeFile(path, '');
    await truncate(path, 8 * 2 ** 29);
    const sparse = await FileSource.open(path);
    try {
      // The only worker is free for the next tensor once it has left the one before.
      await withPool(1, async (pool) => {
        const controller = new AbortController();
        let start = Infinity;
        const onBytes = () => {
          start = performance.now();
          controller.abort(new Error('enough'));
        };
        const large = { ...tensor([length], sparse), dtype, strides: [dtypes[dtype].bytes] };
        await expect(tensorMoments(large, pool, { signal: controller.signal, onBytes })).rejects.toThrow('enough');
        expect((await tensorMoments(tensor([5000]), pool)).count).toBe(5000);
        expect(performance.now() - start).toBeLessThan(100);
      });
    } finally {
      await sparse.close();
    }
  });

  it('tells of a worker that crashed, and replaces it', async () => {
    const crashing = join(built.folder, 'crashing.js');
    await writeFile(
      crashing,
      `const { parentPort } = require('node:worker_threads');
       parentPort.on('message', ({ job }) => { if (job.end === 1313) process.exit(7); });
       require('./worker.js');`,
    );
    await withPool(
      1,
      async (pool) => {
        await expect(tensorMoments(tensor([1313]), pool)).rejects.toThrow('A worker thread ended with code 7');
        expect((await tensorMoments(tensor([1000]), pool)).count).toBe(1000);
      },
      crashing,
    );
  });

  it('refuses a file that is not the one that was opened', async () => {
    const path = join(built.folder, 'changing.f32');
    await writeFile(path, new Float32Array(1000));
    const changing = await FileSource.open(path);
    try {
      await withPool(1, async (pool) => {
        await utimes(path, new Date(), new Date(Date.now() + 5000));
        await expect(tensorMoments(tensor([1000], changing), pool)).rejects.toThrow(FormatError);
        await truncate(path, 100);
        await expect(tensorMoments(tensor([1000], changing), pool)).rejects.toThrow(
          `file: ${path} has changed since it was opened`,
        );
      });
    } finally {
      await changing.close();
    }
  });
});
