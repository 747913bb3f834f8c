import fc from 'fast-check';
import { MemorySource } from '../../src/formats/byteSource';
import type { Dump } from '../../src/formats/dump';
import { openDump } from '../../src/formats/openDump';
import { readTensor } from '../../src/formats/readValues';
import { FormatError, LimitError } from '../../src/tensor/errors';
import { elementCount } from '../../src/tensor/shape';
import { mutate, mutation } from './mutation';
import type { Sample } from './samples';

/** Processor time of one case; time on the clock would count what else the machine does. */
const maxMilliseconds = 2000;

/** What became of the damaged files of one format. */
export interface Tally {
  read: number;
  refused: number;
  /** Milliseconds of the slowest case. */
  slowest: number;
}

/**
 * Damages samples of a format in ever new ways, opens them and reads all of it: each is read, or refused by an error that says
 * why in a line, and takes no longer than two seconds.
 *
 * @throws what fast-check reports of the first case that is not, made as small as can be
 */
export async function fuzzFormat(samples: readonly Sample[], runs: number, seed: number): Promise<Tally> {
  const tally: Tally = { read: 0, refused: 0, slowest: 0 };
  const damaged = fc.record({
    sample: fc.nat(samples.length - 1),
    mutations: fc.array(mutation, { minLength: 1, maxLength: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(damaged, async ({ sample, mutations }) => {
      const { fileName, bytes, wrap, open = openDump } = samples[sample];
      const changed = mutate(bytes, mutations);
      const file = wrap ? await wrap(changed) : changed;
      const start = process.cpuUsage();
      tally[await outcomeOf(() => open(new MemorySource(file), fileName))]++;
      const { user, system } = process.cpuUsage(start);
      const milliseconds = (user + system) / 1000;
      tally.slowest = Math.max(tally.slowest, milliseconds);
      if (milliseconds > maxMilliseconds) {
        throw new Error(`It took ${milliseconds} ms; at most ${maxMilliseconds} are allowed.`);
      }
    }),
    { numRuns: runs, seed },
  );
  return tally;
}

async function outcomeOf(open: () => Dump | Promise<Dump>): Promise<'read' | 'refused'> {
  try {
    const { tensors } = await open();
    for (const ref of tensors) {
      const { values, dtype, shape } = await readTensor(ref);
      if (values.length !== elementCount(shape) * (dtype.startsWith('complex') ? 2 : 1)) {
        throw new Error(`${ref.name} has ${values.length} values, and the shape ${shape.join(', ')}.`);
      }
    }
    return 'read';
  } catch (error) {
    if (!(error instanceof FormatError || error instanceof LimitError)) {
      throw error;
    }
    if (!/^[\p{L}\p{M}\p{N}\p{P}\p{S} ]+$/u.test(error.message)) {
      throw new Error(`The message is no plain line: ${JSON.stringify(error.message)}`, { cause: error });
    }
    return 'refused';
  }
}
