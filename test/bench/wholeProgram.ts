import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bench, Group } from './bench';
import { contest, type Contestant } from './contest';
import { writeLargeFile } from './largeFile';
import { cli, program } from './program';
import { pythonWith } from './startPeers';

/** Tensors of the large file that is only listed, and bytes of each: 10 GB, of which the disk holds the header alone. */
const listedTensors = 1000;
const listedBytes = 10_000_000;

/** What a person waits for in the terminal: whole programs, from their start to their end. */
export const wholeProgram: Group = async (bench) => [...(await statistics(bench)), ...(await listing(bench))];

const statistics: Group = async (bench) => {
  const { path, bytes } = await writeLargeFile(bench);
  const ours = program(process.execPath, [cli, 'stats', path, '--json'], (json) => {
    const [{ mean, variance }] = (JSON.parse(json) as { tensors: { mean: number; variance: number }[] }).tensors;
    return [mean, variance];
  });
  const script =
    'import sys, numpy as n; x = n.load(sys.argv[1], mmap_mode="r"); print([float(x.mean()), float(x.var())])';
  const python = await pythonWith('numpy').catch(() => undefined);
  const numpy = python && program(python, ['-c', script, path], (json) => JSON.parse(json) as number[]);
  const work = `stats of ${Math.round(bytes / 2 ** 20)} MiB, whole program`;
  // The file is seconds long: a few runs tell enough.
  const repetitions = Math.min(3, bench.repetitions);
  try {
    return [
      ...(await contest(repetitions, work, withoutDigest(ours), [
        { name: 'dd of the file', run: program('dd', [`if=${path}`, 'of=/dev/null', 'bs=1M']), reach: 1 / 3 },
      ])),
      ...(numpy
        ? await contest(repetitions, work, ours, [{ name: 'NumPy memmap, mean and var', run: numpy, reach: 3 }])
        : []),
    ];
  } finally {
    await rm(path);
  }
};

const listing: Group = async ({ folder, repetitions }: Bench) => {
  const path = join(folder, 'many.safetensors');
  await writeSparse(path);
  const start = program(process.execPath, ['-e', '0']);
  const allowed: Contestant = async () => ({ ms: (await start()).ms + 100, digest: [] });
  return contest(repetitions, 'list 10 GB, 1,000 tensors', program(process.execPath, [cli, 'list', path]), [
    { name: 'starting Node, and 100 ms', run: allowed, reach: 1 },
  ]);
};

async function writeSparse(path: string): Promise<void> {
  const entries = Array.from({ length: listedTensors }, (_, i) => [
    `layers.${i >> 3}.weight.${i & 7}`,
    { dtype: 'F32', shape: [1000, listedBytes / 4000], data_offsets: [i * listedBytes, (i + 1) * listedBytes] },
  ]);
  const header = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const file = await open(path, 'w');
  await file.write(Buffer.concat([length, header]));
  await file.truncate(8 + header.length + listedTensors * listedBytes);
  await file.close();
}

function withoutDigest(run: Contestant): Contestant {
  return async () => ({ ...(await run()), digest: [] });
}
