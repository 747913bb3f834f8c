import { lstat, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { npm } from './children.mjs';
import { root } from './paths.mjs';
import { step } from './step.mjs';

/**
 * Installs the libraries of the lock file, unless that has been done since the lock file changed, or node_modules is a link:
 * then they belong to another folder, where npm would delete them.
 */
export async function install() {
  const folder = await lstat(join(root, 'node_modules')).catch(() => undefined);
  if (folder?.isSymbolicLink()) {
    return;
  }
  const [wanted, installed] = await Promise.all([
    modified(join(root, 'package-lock.json')),
    // npm writes this one at the end of an installation, so that half an installation does not count as one.
    modified(join(root, 'node_modules', '.package-lock.json')),
  ]);
  if (installed < wanted) {
    await step('Installing the libraries (npm ci)', () => npm(['ci', '--no-audit', '--no-fund'], { cwd: root }));
  }
}

/** @param {string} file */
async function modified(file) {
  try {
    return (await stat(file)).mtimeMs;
  } catch {
    return -Infinity;
  }
}
