import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Run } from './peer';

const execute = promisify(execFile);

/** Where the programs are that are measured, built as they are shipped: see scripts/bench.mjs. */
export const dist = join(dirname(process.argv[1]), '..');

export const cli = join(dist, 'cli.js');

/** A whole program as a contestant, from its start to its end. */
export function program(
  command: string,
  args: readonly string[],
  digestOf: (stdout: string) => readonly number[] = () => [],
): () => Promise<Run> {
  return async () => {
    const begin = performance.now();
    const { stdout } = await execute(command, args, { maxBuffer: 2 ** 28 });
    return { ms: performance.now() - begin, digest: digestOf(stdout) };
  };
}
