import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { kernelsDefine } from '../../../scripts/buildKernels.mjs';

/** A temporary folder with the worker's bundle, built from today's sources, for whatever a test adds to it. */
export interface WorkerFolder {
  readonly folder: string;
  readonly workerFile: string;
  remove(): Promise<void>;
}

/** Builds a worker: the one that is shipped, unless a test has another. */
export async function buildWorker(source = 'src/compute/momentsWorker.ts'): Promise<WorkerFolder> {
  const folder = await mkdtemp(join(tmpdir(), 'normscope-worker-'));
  const workerFile = join(folder, 'worker.js');
  await build({
    entryPoints: [source],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile: workerFile,
    define: await kernelsDefine(),
    logLevel: 'error',
  });
  return { folder, workerFile, remove: () => rm(folder, { recursive: true }) };
}
