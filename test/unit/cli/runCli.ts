import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll } from 'vitest';
import { kernelsDefine } from '../../../scripts/buildKernels.mjs';

/** What one call of the command printed and returned. */
interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line built from today's sources, and a folder for what it writes. */
export interface Cli {
  readonly folder: string;
  run(...args: string[]): Promise<CliResult>;
}

/** Builds the command line for the tests of a file, before the hooks that come later, and removes it after them. */
export function builtCli(): Cli {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'normscope-cli-'));
    await build({
      entryPoints: ['src/cli.ts', 'src/compute/momentsWorker.ts'],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outdir: folder,
      entryNames: '[name]',
      define: await kernelsDefine(),
      logLevel: 'error',
    });
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true }));
  return {
    get folder() {
      return folder;
    },
    run: (...args) =>
      new Promise((resolve) => {
        const call = [join(folder, 'cli.js'), ...args];
        execFile(process.execPath, call, { maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
          resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
        });
      }),
  };
}

/** JSON as the CLI prints it, with "NaN", "Infinity" and "-Infinity" read back as numbers. */
export function parseCliJson(text: string): any {
  const numbers: Record<string, number> = { NaN, Infinity, '-Infinity': -Infinity };
  return JSON.parse(text, (_, value: unknown) =>
    typeof value === 'string' && value in numbers ? numbers[value] : value,
  );
}
