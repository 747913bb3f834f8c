import type { Line } from './bench';
import type { Run } from './peer';

/** Somebody to do the work at hand. */
export type Contestant = () => Run | Promise<Run>;

/** Somebody that Normscope is measured against. */
export interface Rival {
  readonly name: string;
  readonly run: Contestant;
  /** How many times its time Normscope's should go into; absent where that only informs. */
  readonly reach?: number;
}

/** Results agree to so many parts: sums of float32 in float32, as some rivals make them, lose as much. */
const tolerance = 1e-3;

/** Rounds before any is counted, in which code is compiled and memory is first touched. */
const warmUps = 2;

/**
 * Lets Normscope and its rivals do the same work in turn, so that whatever else the machine does hits all of them, and
 * compares what they say of the result.
 *
 * @returns one line for each rival, with the medians
 * @throws  Error if a rival's result is not Normscope's
 */
export async function contest(
  repetitions: number,
  work: string,
  ours: Contestant,
  rivals: readonly Rival[],
): Promise<Line[]> {
  const times: number[][] = [[], ...rivals.map(() => [])];
  for (let round = -warmUps; round < repetitions; round++) {
    const runs = [await ours()];
    for (const { name, run } of rivals) {
      runs.push(await run());
      requireAgreement(runs[runs.length - 1].digest, runs[0].digest, `${work}, ${name}`);
    }
    if (round >= 0) {
      runs.forEach(({ ms }, i) => times[i].push(ms));
    }
  }
  const [median, ...medians] = times.map(medianOf);
  return rivals.map(({ name, reach }, i) => ({ work, ours: median, rival: name, theirs: medians[i], reach }));
}

/** Times some work of this process, in milliseconds. */
export function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function requireAgreement(found: readonly number[], expected: readonly number[], name: string): void {
  const agrees =
    found.length === expected.length &&
    found.every((value, i) => Math.abs(value - expected[i]) <= tolerance * Math.abs(expected[i]));
  if (!agrees) {
    throw new Error(`${name}: the result is [${found.join(', ')}] where Normscope's is [${expected.join(', ')}].`);
  }
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
