import { join } from 'node:path';
import { root } from './paths.mjs';

/**
 * Builds test/fuzz, and says how Node runs it: without leave to write files or to start processes and threads.
 *
 * @param {string} program where to put the built program
 * @returns {Promise<string[]>} arguments for Node, to be run at the project's root
 */
export async function fuzzCommand(program) {
  // Loaded late, since a fresh clone has no libraries before they are installed.
  const { build } = await import('esbuild');
  await build({
    entryPoints: [join(root, 'test', 'fuzz', 'main.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'error',
  });
  const permission = process.allowedNodeEnvironmentFlags.has('--permission')
    ? '--permission'
    : '--experimental-permission';
  return ['--no-warnings', permission, '--allow-fs-read=*', program];
}
