import { availableParallelism } from 'node:os';

/** More workers than this wait for memory rather than for processors. */
const most = 4;

/** How many workers scan at a time: as many as asked for, or by default one for each processor, at most four. */
export function workerCount(asked = 0): number {
  return asked > 0 ? asked : Math.min(most, availableParallelism());
}
