// Bundles each world of the extension into dist/: `node esbuild.mjs [--watch] [--production]`.
import { chmod, readdir, writeFile } from 'node:fs/promises';
import esbuild from 'esbuild';
import { kernelsDefine } from './scripts/buildKernels.mjs';
import { bundledLicenses } from './scripts/lib/bundledLicenses.mjs';

const watch = process.argv.includes('--watch');
const production = process.argv.includes('--production');

/** @type {esbuild.BuildOptions} */
const common = {
  bundle: true,
  target: 'es2022',
  // Small in every build: size is what a start takes, and what is tested and measured should be what is shipped.
  minify: true,
  sourcemap: production ? false : 'linked',
  // The licences of the libraries are gathered in one file instead.
  legalComments: 'none',
  metafile: true,
  logLevel: 'info',
};

/**
 * Leaves the HDF5 library out of the bundle, which loads it from a file of its own when it is first wanted.
 *
 * @type {esbuild.Plugin}
 */
const hdf5Apart = {
  name: 'hdf5-apart',
  setup({ onResolve }) {
    onResolve({ filter: /\/hdf5Library$/ }, () => ({ path: './hdf5Library.js', external: true }));
  },
};

/** @type {esbuild.BuildOptions} */
const node = {
  ...common,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  define: await kernelsDefine(),
  plugins: [hdf5Apart],
};

/** @type {Record<string, esbuild.BuildOptions>} */
const worlds = {
  extension: {
    ...node,
    entryPoints: ['src/extension.ts'],
    outfile: 'dist/extension.js',
    external: ['vscode'],
  },
  cli: { ...node, entryPoints: ['src/cli.ts'], outfile: 'dist/cli.js', banner: { js: '#!/usr/bin/env node' } },
  inspectorWorker: {
    ...node,
    entryPoints: ['src/compute/inspectorWorker.ts'],
    outfile: 'dist/inspectorWorker.js',
  },
  momentsWorker: { ...node, entryPoints: ['src/compute/momentsWorker.ts'], outfile: 'dist/momentsWorker.js' },
  hdf5Library: {
    ...common,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    // Its WebAssembly is a string full of other characters, which escapes would make a quarter longer.
    charset: 'utf8',
    entryPoints: ['src/formats/hdf5/hdf5Library.ts'],
    outfile: 'dist/hdf5Library.js',
    // It asks for its own address only where it has to fetch its WebAssembly, which is inside of it here.
    define: { 'import.meta.url': '""' },
  },
  webview: {
    ...common,
    entryPoints: ['webview/main.ts'],
    outfile: 'dist/webview.js',
    format: 'esm',
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
    tsconfig: 'webview/tsconfig.json',
  },
};
if (!production) {
  worlds.hostTests = {
    ...node,
    minify: false,
    stdin: await hostSuites(),
    outfile: 'dist/test/host.js',
    external: ['vscode'],
    // mocha's parallel mode, which is not used, starts a file of its own that is not in the bundle.
    logOverride: { 'require-resolve-not-external': 'silent' },
  };
}

/** One module for the extension host's test runner that holds every suite of test/host, so that none is forgotten. */
async function hostSuites() {
  const suites = (await readdir('test/host', { recursive: true })).filter((file) => file.endsWith('.test.ts')).sort();
  return {
    resolveDir: 'test/host',
    contents: `
      import { runSuites } from './runSuites';
      export const run = () => runSuites(() => { ${suites.map((file) => `require('./${file}');`).join(' ')} });
    `,
  };
}

if (watch) {
  for (const options of Object.values(worlds)) {
    await (await esbuild.context(options)).watch();
  }
} else {
  // Every world is built even when another fails, so that one run shows all that is wrong.
  const results = await Promise.allSettled(Object.values(worlds).map((options) => esbuild.build(options)));
  const built = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  if (built.length < results.length) {
    process.exit(1);
  }
  await chmod('dist/cli.js', 0o755);
  await writeFile('dist/LICENSES.txt', await bundledLicenses(built.flatMap(({ metafile }) => metafile ?? [])));
}
