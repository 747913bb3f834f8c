import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { loadKernels } from '../../src/kernels/loadKernels';
import { momentBytes } from '../../src/kernels/momentColumns';
import type { Group } from './bench';
import { contest } from './contest';

const execute = promisify(execFile);

/** The argument that makes this program measure its own start-up instead. */
export const startUpArgument = '--start-up';

/** The longest that loading may take, in milliseconds. */
const limit = 20;

/**
 * From nothing to the first result, each time in a process of its own: within one, compiled code would be found again.
 */
export const startUp: Group = async ({ repetitions }) => {
  const fresh = async () => {
    const { stdout } = await execute(process.execPath, [process.argv[1], startUpArgument]);
    return { ms: Number(stdout), digest: [] };
  };
  const allowed = { name: `the ${limit} ms allowed`, run: () => ({ ms: limit, digest: [] }), reach: 1 };
  return contest(repetitions, 'loading the kernels', fresh, [allowed]);
};

/** Milliseconds to load the kernels and take the moments of one row. */
export async function measureStartUp(): Promise<number> {
  const start = performance.now();
  const kernels = await loadKernels();
  const row = kernels.memory.reserve(4096);
  const table = kernels.memory.reserve(momentBytes);
  kernels.rowMoments({ start: row, dtype: 'float32', littleEndian: true }, 1, 1024, 4, table);
  return performance.now() - start;
}
