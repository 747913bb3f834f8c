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

// The command line and its workers are measured as whole programs, as they are shipped.
await run(process.execPath, [join(root, 'esbuild.mjs')], { cwd: root });
const program = join(root, 'dist', 'test', 'bench.js');
await build({
  entryPoints: [join(root, 'test/bench/main.ts')],
  outfile: program,
  bundle: true,
  // No file that is measured needs it.
  external: ['*/hdf5Library'],
  minify: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  define: await kernelsDefine(),
});
await run(process.execPath, [program, ...process.argv.slice(2)], { cwd: root, show: true });
