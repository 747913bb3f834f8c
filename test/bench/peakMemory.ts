import { execFile } from 'node:child_process';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { writeNpy } from '../../src/formats/writeNpy';
import type { Bench, Group } from './bench';
import { contest, type Contestant } from './contest';
import { cli } from './program';

const execute = promisify(execFile);

/** What `stats` may take for a file of any size, in megabytes. */
const limit = 250;

/** Says at the end how much memory the process has taken at the most, in KiB. */
const sayPeak = 'data:text/javascript,process.on("exit", () => console.error(process.resourceUsage().maxRSS))';

/** The most memory that `stats` takes at a time, for a large file and for one four times as long; the disk holds none of it. */
export const peakMemory: Group = async (bench) => {
  const [small, large] = [join(bench.folder, 'small.npy'), join(bench.folder, 'large.npy')];
  await writeSparse(small, 16, bench);
  await writeSparse(large, 64, bench);
  try {
    const lines = await contest(1, `peak memory, stats of ${gibibytes(64, bench)} GiB`, peakOf(large), [
      { name: `the ${limit} MB allowed`, run: () => ({ ms: limit, digest: [] }), reach: 1 },
      // The engine's heap for what is new grows by up to 16 MB while there is work.
      { name: `of ${gibibytes(16, bench)} GiB`, run: peakOf(small), reach: 0.8 },
    ]);
    return lines.map((line) => ({ ...line, unit: 'MB' }));
  } finally {
    await Promise.all([rm(small), rm(large)]);
  }
};

/** Runs Node with the arguments that it is given, in a process of its own. */
const runAgain = 'require("child_process").spawnSync(process.execPath, process.argv.slice(1), { stdio: "inherit" })';

/** Through a small process between: Linux counts among a program's memory what the one that started it held by then. */
function peakOf(path: string): Contestant {
  return async () => {
    const args = ['-e', runAgain, '--', '--import', sayPeak, cli, 'stats', path];
    const { stderr } = await execute(process.execPath, args);
    return { ms: (Number(stderr) * 1024) / 1e6, digest: [] };
  };
}

async function writeSparse(path: string, copies: number, { rows, cols }: Bench): Promise<void> {
  const header = writeNpy({ name: 'x', dtype: 'float32', shape: [copies * rows, cols], values: new Float32Array() });
  const file = await open(path, 'w');
  try {
    await file.write(header);
    await file.truncate(header.length + 4 * copies * rows * cols);
  } finally {
    await file.close();
  }
}

function gibibytes(copies: number, { rows, cols }: Bench): string {
  return String(Number(((4 * copies * rows * cols) / 2 ** 30).toPrecision(2)));
}
