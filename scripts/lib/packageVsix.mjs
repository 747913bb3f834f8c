import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './children.mjs';
import { root } from './paths.mjs';
import { step } from './step.mjs';

/** The largest package that people are asked to download, in bytes; half of it is the HDF5 library, a quarter samples. */
const maxBytes = 2_500_000;

/** @returns {Promise<string>} where the package of this version stands */
export async function vsixPath() {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  return join(root, `normscope-${version}.vsix`);
}

/**
 * Packs the extension as people install it; package.json's vscode:prepublish makes the production build.
 *
 * @returns the package's path and size in bytes
 * @throws Error when it is larger than `maxBytes`
 */
export async function packageVsix() {
  const vsix = await vsixPath();
  const vsce = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
  await step('Packaging the extension', () =>
    run(process.execPath, [vsce, 'package', '--no-dependencies', '--no-rewrite-relative-links', '--out', vsix], {
      cwd: root,
    }),
  );
  const bytes = (await stat(vsix)).size;
  if (bytes > maxBytes) {
    throw new Error(
      `${vsix} has ${bytes} bytes, more than the ${maxBytes} allowed: see what grew with npx vsce ls --tree.`,
    );
  }
  return { vsix, bytes };
}
