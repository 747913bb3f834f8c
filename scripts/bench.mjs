// Measures the engine against the machine's other tools and prints one table: `npm run bench`, or `npm run bench --
// --short` for small sizes, which only shows that everything runs and agrees.
import { join } from 'node:path';
import { run } from './lib/children.mjs';
import { install } from './lib/install.mjs';
import { root } from './lib/paths.mjs';

await install();
// Loaded after that, since a fresh clone has no libraries before.
const { build } = await import('esbuild');
const { kernelsDefine } = await import('./buildKernels.mjs');

const folder = join(root, 'dist', 'test', 'bench');
await build({
  // The command line and its workers are measured as whole programs, and built as they are shipped.
  entryPoints: ['test/bench/main.ts', 'src/cli.ts', 'src/compute/momentsWorker.ts'].map((file) => join(root, file)),
  outdir: folder,
  entryNames: '[name]',
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  define: await kernelsDefine(),
});
await run(process.execPath, [join(folder, 'main.js'), ...process.argv.slice(2)], { cwd: root, show: true });
