import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { run } from './children.mjs';
import { step } from './step.mjs';

/** Where a browser stands when it is not on the PATH. */
const usualPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

const programs = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'];

/** Command line of a browser that tests drive: it calls nobody, and runs as root in a container. */
export const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Finds a Chromium for the tests, and installs one where that needs no question: as root on Debian and Ubuntu.
 *
 * @returns {Promise<string>} its path
 * @throws Error that says what to install
 */
export async function findChromium() {
  const found = locate() ?? (await installFromDebian().catch((error) => void console.error(error.message)));
  if (found === undefined) {
    throw new Error('The browser tests need Chromium or Chrome: install one, or name its program in CHROME_PATH.');
  }
  return found;
}

/** @returns {string | undefined} */
function locate() {
  if (process.env.CHROME_PATH) {
    return process.env.CHROME_PATH;
  }
  const folders = (process.env.PATH ?? '').split(delimiter);
  return [...programs.flatMap((name) => folders.map((folder) => join(folder, name))), ...usualPlaces].find(existsSync);
}

/**
 * @returns {Promise<string | undefined>} undefined where this is not ours to do
 * @throws Error when the package manager fails
 */
async function installFromDebian() {
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  if (process.getuid?.() !== 0 || !/^ID(_LIKE)?=.*(debian|ubuntu)/m.test(release)) {
    return undefined;
  }
  await step('Installing Chromium for the browser tests (apt-get install chromium)', async () => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update'], { env });
    await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { env });
  });
  const found = locate();
  if (found) {
    // Ubuntu's package of that name only points to a snap, which is of no use where there are no snaps.
    await run(found, ['--version']);
  }
  return found;
}
