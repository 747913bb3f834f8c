import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { kernelsDefine } from '../../../scripts/buildKernels.mjs';

/** What one call of the command printed and returned. */
export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line built from today's sources, and a folder for what it writes. */
export interface Cli {
  readonly folder: string;
  run(...args: string[]): Promise<CliResult>;
  remove(): Promise<void>;
}

/** Builds the command line into a temporary folder. */
export async function buildCli(): Promise<Cli> {
  const folder = await mkdtemp(join(tmpdir(), 'normscope-cli-'));
  const program = join(folder, 'cli.js');
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
  return {
    folder,
    run: (...args) =>
      new Promise((resolve) => {
        execFile(process.execPath, [program, ...args], { maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
          resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
        });
      }),
    remove: () => rm(folder, { recursive: true }),
  };
}

/** JSON as the CLI prints it, with "NaN", "Infinity" and "-Infinity" read back as numbers. */
export function parseCliJson(text: string): any {
  const numbers: Record<string, number> = { NaN, Infinity, '-Infinity': -Infinity };
  return JSON.parse(text, (_, value: unknown) =>
    typeof value === 'string' && value in numbers ? numbers[value] : value,
  );
}
