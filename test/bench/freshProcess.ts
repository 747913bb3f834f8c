import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** What this program measures instead of the table, where its first argument asks for it. */
export type FreshWork = 'startUp' | 'hover';

/**
 * Milliseconds of some work in a process of its own: within one, compiled code would be found again.
 *
 * @param work what to measure; `main.ts` does it and prints the figure
 */
export async function inFreshProcess(work: FreshWork): Promise<number> {
  const { stdout } = await execute(process.execPath, [process.argv[1], work]);
  return Number(stdout);
}
