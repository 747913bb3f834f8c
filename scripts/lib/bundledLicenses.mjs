import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Collects the licences of the libraries whose code is in a bundle, as those licences ask.
 *
 * @param {import('esbuild').Metafile[]} metafiles what went into the bundles
 * @returns {Promise<string>} name, version and licence text of each library
 */
export async function bundledLicenses(metafiles) {
  const inputs = metafiles.flatMap((metafile) => Object.keys(metafile.inputs));
  const folders = new Set(inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []));
  const entries = await Promise.all([...folders].sort().map(licenseOf));
  return entries.join(`\n${'-'.repeat(80)}\n\n`);
}

/** @param {string} folder of a library */
async function licenseOf(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? await readFile(join(folder, file), 'utf8') : `License: ${license}`;
  return `${name} ${version}\n\n${text.trim()}\n`;
}
