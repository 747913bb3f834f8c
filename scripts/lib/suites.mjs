import { readFile, rm } from 'node:fs/promises';
import { build } from './build.mjs';
import { findChromium } from './chromium.mjs';
import { sum } from './counts.mjs';
import { hostResult } from './hostBundle.mjs';
import { packageVsix } from './packageVsix.mjs';
import { runVitest } from './vitest.mjs';
import { installServer } from './vscodeServer.mjs';

/**
 * The suites by the name that `npm test` knows them under: what has to be there first, and how they run.
 * The package comes before the build, which leaves the bundle for development in dist/.
 *
 * @type {Record<string, { needs: (() => Promise<unknown>)[]; run: () => Promise<import('./counts.mjs').Counts> }>}
 */
export const suites = {
  unit: { needs: [build], run: () => runVitest('unit') },
  host: { needs: [build, findChromium, installServer], run: runHost },
  webview: {
    needs: [packageVsix, build, findChromium, installServer],
    run: async () => sum([await runVitest('page'), await runVitest('journey')]),
  },
};

async function runHost() {
  await rm(hostResult, { force: true });
  // Not imported above, because on a fresh clone its libraries are only installed after this module is loaded.
  const { runHostSuite } = await import('./hostSuite.mjs');
  await runHostSuite();
  return JSON.parse(await readFile(hostResult, 'utf8'));
}
