import { strict as assert } from 'node:assert';
import { open } from 'node:fs/promises';
import { writeNpy } from '../../src/formats/writeNpy';
import type { ProgressEvent } from '../../src/protocol';
import { eventLoopDelay } from './eventLoopDelay';
import { inspectedFile } from './inspectorOf';

const rows = 2 ** 17;
const cols = 2 ** 12;

/** A second on a quiet machine; nobody waits for ever on a busy one. In milliseconds. */
const patience = 60_000;

describe('a scan of two gigabytes', () => {
  const inspector = inspectedFile('large.npy', writeLargeFile);
  const never = new AbortController().signal;

  it('is right, and leaves the extension host free', async () => {
    const told: ProgressEvent[] = [];
    await eventLoopDelay('statistics of 2 GiB are taken', async () => {
      await inspector().handle('open', {}, never);
      await inspector().handle('scan', {}, never, (events) => told.push(...events));
    });
    const [stats] = told.flatMap((event) => ('stats' in event ? [event.stats] : []));
    const { count, zero, nan, max, mean } = stats;
    assert.deepEqual({ count, zero, nan, max }, { count: rows * cols, zero: rows * cols - 3, nan: 1, max: 6 });
    assert.equal(mean, 8 / (rows * cols - 1));
  }).timeout(patience);

  it('of every row is right too, and leaves it free', async () => {
    const { subject } = await inspector().handle('open', {}, never);
    const params = { subject: subject!.id, spec: subject!.spec, after: 'normalized' } as const;
    await eventLoopDelay('the moments of 131,072 rows are taken', async () => {
      const { rowCount, markCounts } = await inspector().handle('rows', params, never);
      assert.equal(rowCount, rows);
      assert.deepEqual(markCounts, { 'nan-origin': 1, 'constant-row': rows - 2 });
    });
  }).timeout(patience);
});

/**
 * 2 GiB of float32 zeros, of which the disk holds the header, 2 and NaN in the first row, and 6 at the very end. It
 * is read once, so that what is measured is the scan and not how the system finds memory for the file.
 */
async function writeLargeFile(path: string): Promise<void> {
  const header = writeNpy({ name: 'x', dtype: 'float32', shape: [rows, cols], values: new Float32Array() });
  const file = await open(path, 'w+');
  try {
    await file.write(header);
    await file.write(Float32Array.of(2, NaN));
    await file.write(Float32Array.of(6), 0, 4, header.length + 4 * rows * cols - 4);
    const { size } = await file.stat();
    const piece = new Uint8Array(2 ** 23);
    for (let at = 0; at < size; at += piece.length) {
      await file.read(piece, 0, piece.length, at);
    }
  } finally {
    await file.close();
  }
}
