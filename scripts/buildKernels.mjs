import { mkdir, readFile, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './lib/paths.mjs';

const sources = join(root, 'src', 'kernels', 'assembly');
const output = join(root, 'dist', 'kernels.wasm');

/**
 * What a bundler puts in place of `kernelsWasmBase64` in src/kernels, so that the kernels need no file of their own.
 *
 * @returns {Promise<Record<string, string>>} for the `define` of esbuild and of Vite
 */
export async function kernelsDefine() {
  return { kernelsWasmBase64: JSON.stringify((await buildKernels()).toString('base64')) };
}

/** Compiles src/kernels/assembly to dist/kernels.wasm, unless that is newer than its sources, compiler and options. */
async function buildKernels() {
  const inputs = [
    ...(await readdir(sources)).map((name) => join(sources, name)),
    join(root, 'node_modules', 'assemblyscript', 'package.json'),
    join(root, 'scripts', 'buildKernels.mjs'),
  ];
  const changed = await Promise.all(inputs.map(modified));
  if ((await modified(output)) < Math.max(...changed)) {
    const wasm = await compile();
    await mkdir(join(root, 'dist'), { recursive: true });
    // Put in place by one rename, since tests and a build may compile at the same time.
    const aside = `${output}.${process.pid}`;
    await writeFile(aside, wasm);
    await rename(aside, output);
  }
  return readFile(output);
}

/** @returns {Promise<Uint8Array>} */
async function compile() {
  // Loaded here, because it takes a second that most builds need not spend.
  const { default: asc } = await import('assemblyscript/asc');
  /** @type {Uint8Array | undefined} */
  let wasm;
  const { error, stderr } = await asc.main(
    [
      'index.ts',
      ...['--baseDir', sources, '--outFile', 'kernels.wasm'],
      ...['-O3', '--noAssert', '--enable', 'simd'],
      // Nothing is allocated inside; scratch.ts has the memory below this to itself.
      ...['--runtime', 'stub', '--memoryBase', '32768'],
    ],
    {
      writeFile: (_name, contents) => {
        wasm = /** @type {Uint8Array} */ (contents);
      },
    },
  );
  if (error || !wasm) {
    throw new Error(`The kernels in ${sources} do not compile.\n${stderr.toString()}`, { cause: error });
  }
  return wasm;
}

/** @param {string} file */
async function modified(file) {
  try {
    return (await stat(file)).mtimeMs;
  } catch {
    return -Infinity;
  }
}
