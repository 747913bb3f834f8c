import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadKernels } from '../../src/kernels/loadKernels';
import { scalarKernels } from '../../src/kernels/scalarKernels';
import type { Bench, Group, Line } from './bench';
import { makeData, writeData } from './data';
import { eventLoop } from './eventLoop';
import { fileStatistics } from './fileStatistics';
import { halfStatistics } from './halfStatistics';
import type { FreshWork } from './freshProcess';
import { hover, measureHover } from './hover';
import { layerNorm } from './layerNorm';
import { literalText } from './literalText';
import { normQuestions } from './normQuestions';
import { peakMemory } from './peakMemory';
import { rowStatistics } from './rowStatistics';
import { startPeers } from './startPeers';
import { measureStartUp, startUp } from './startUp';
import { Subject } from './subject';
import { formatTable } from './table';
import { wholeProgram } from './wholeProgram';

/** The table, group by group. */
const groups: Group[] = [
  rowStatistics,
  halfStatistics,
  fileStatistics,
  wholeProgram,
  peakMemory,
  eventLoop,
  hover,
  layerNorm,
  normQuestions,
  literalText,
  startUp,
];

/** What processes of their own measure. */
const freshWork: Readonly<Record<FreshWork, () => number | Promise<number>>> = {
  startUp: measureStartUp,
  hover: measureHover,
};

/** The size whose figures count, and one that only shows that everything runs and agrees. */
const full = { rows: 8192, cols: 4096, repetitions: 9 };
const short = { rows: 64, cols: 1000, repetitions: 1 };

async function bench(size: typeof full): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'normscope-bench-'));
  const data = makeData(size.rows, size.cols);
  await writeData(folder, data);
  const { peers, missing } = await startPeers(folder, size.rows, size.cols);
  const simd = new Subject(await loadKernels(), size, data);
  const scalar = new Subject(scalarKernels(), size, data);
  const setting: Bench = { ...size, folder, data, simd, scalar, peers };
  try {
    const lines: Line[] = [];
    for (const group of groups) {
      lines.push(...(await group(setting)));
    }
    console.log(
      `float32, ${size.rows} rows of ${size.cols}, one thread, medians of ${size.repetitions}; all results agree`,
    );
    console.log(formatTable(size === full ? lines : lines.map((line) => ({ ...line, reach: undefined }))));
    missing.forEach((sentence) => console.log(sentence));
  } finally {
    Object.values(peers).forEach((peer) => peer?.end());
    await rm(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  const [argument] = process.argv.slice(2);
  if (argument in freshWork) {
    console.log(await freshWork[argument as FreshWork]());
  } else {
    await bench(process.argv.includes('--short') ? short : full);
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
