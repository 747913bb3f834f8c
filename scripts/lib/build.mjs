import { join } from 'node:path';
import { run } from './children.mjs';
import { root } from './paths.mjs';
import { step } from './step.mjs';

/** Builds dist/ for development, with source maps and the bundle of the host suites. */
export async function build() {
  await step('Building', () => run(process.execPath, [join(root, 'esbuild.mjs')], { cwd: root }));
}
