import { loadKernels } from '../../src/kernels/loadKernels';
import { momentBytes } from '../../src/kernels/momentColumns';
import type { Group } from './bench';
import { contest } from './contest';
import { inFreshProcess } from './freshProcess';

/** The longest that loading may take, in milliseconds. */
const limit = 20;

/** From nothing to the first result. */
export const startUp: Group = async ({ repetitions }) => {
  const fresh = async () => ({ ms: await inFreshProcess('startUp'), digest: [] });
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
