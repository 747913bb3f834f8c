import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { MomentsService } from '../../src/compute/momentsService';
import { workerCount } from '../../src/compute/workerCount';
import { workerFile, WorkerPool } from '../../src/compute/workerPool';
import { FileSource } from '../../src/formats/fileSource';
import { openDump } from '../../src/formats/openDump';
import type { Group } from './bench';
import { contest } from './contest';
import { writeLargeFile } from './largeFile';
import { dist } from './program';

/** The longest that 99 of 100 turns of the event loop may be late while a file is scanned, in milliseconds. */
const limit = 20;

/**
 * How late the thread is that asks for a scan, which in the editor is the page's own: of all tensors as the list of a dump
 * asks for it, then of every row as the inspector does. The extension host, which only hands messages on, is measured where
 * it runs: test/host/scan.test.ts.
 */
export const eventLoop: Group = async (bench) => {
  const { path } = await writeLargeFile(bench);
  const source = await FileSource.open(path);
  const dump = await openDump(source, basename(path));
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const scan = async () => {
    const service = new MomentsService(new WorkerPool(join(dist, workerFile), workerCount()));
    delay.reset();
    delay.enable();
    await service.dump(dump, () => {}, new AbortController().signal);
    await service.rows(dump.tensors[0], [-1]);
    delay.disable();
    await service.dispose();
    return { ms: delay.percentile(99) / 1e6, digest: [] };
  };
  const allowed = { name: `the ${limit} ms allowed`, run: () => ({ ms: limit, digest: [] }), reach: 1 };
  try {
    return await contest(Math.min(3, bench.repetitions), 'event loop in a scan, p99', scan, [allowed]);
  } finally {
    await source.close();
    await rm(path);
  }
};
