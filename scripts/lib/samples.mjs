import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './paths.mjs';

/**
 * Copies the sample workspace, so that what happens there changes nothing in the project.
 *
 * @param {string} folder made when missing
 */
export async function copySamples(folder) {
  await cp(join(root, 'media', 'samples'), folder, { recursive: true });
}
