import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { chunkBytes } from '../../src/compute/chunk';
import { momentBytes } from '../../src/kernels/momentColumns';
import { loadKernels } from '../../src/kernels/loadKernels';
import type { Group } from './bench';
import { contest, timed } from './contest';

/**
 * Row statistics, as `stats` takes them, of a file in the page cache, each chunk read straight into the kernels' memory, against the read
 * alone.
 */
export const fileStatistics: Group = async ({ repetitions, rows, cols, folder }) => {
  const kernels = await loadKernels();
  const { memory } = kernels;
  const rowBytes = 4 * cols;
  const rowsPerChunk = Math.max(1, Math.floor(chunkBytes / rowBytes));
  const chunk = memory.reserve(rowsPerChunk * rowBytes);
  const table = memory.reserve(rowsPerChunk * momentBytes);
  const file = openSync(join(folder, 'x.f32'), 'r');
  const scan = (use: (rowsRead: number) => void) => () => ({
    ms: timed(() => {
      for (let row = 0; row < rows; row += rowsPerChunk) {
        const count = Math.min(rowsPerChunk, rows - row);
        readSync(file, memory.bytes(chunk, count * rowBytes), { position: row * rowBytes });
        use(count);
      }
    }),
    digest: [],
  });
  const withStatistics = scan((count) =>
    kernels.rowMoments({ start: chunk, dtype: 'float32', littleEndian: true }, count, cols, 2, table),
  );
  try {
    const rivals = [{ name: 'the read alone', run: scan(() => undefined) }];
    return await contest(repetitions, 'row statistics of a file', withStatistics, rivals);
  } finally {
    closeSync(file);
  }
};
