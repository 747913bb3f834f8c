// Opens a VS Code with the extension in it on the sample workspace, from a fresh clone on: `npm start`.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from './lib/build.mjs';
import { desktopCode, openFolder } from './lib/desktop.mjs';
import { install } from './lib/install.mjs';
import { packageVsix } from './lib/packageVsix.mjs';
import { root } from './lib/paths.mjs';
import { step } from './lib/step.mjs';
import { installServer, startServer } from './lib/vscodeServer.mjs';

const samples = join(root, 'media', 'samples');

try {
  await install();
  const code = desktopCode();
  await (code ? openDesktop(code) : serve());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

/**
 * Opens a window of the desktop VS Code with the extension as it is built here.
 *
 * @param {string} code its command
 */
async function openDesktop(code) {
  await build();
  await openFolder(code, samples);
  console.log('VS Code opens on the samples; README.md there says what to try.');
}

/** Serves the workbench to a browser until Ctrl+C, with the package installed as people install it. */
async function serve() {
  const { vsix } = await packageVsix();
  await installServer();
  const home = join(root, '.vscode-test', 'start');
  await rm(join(home, 'extensions'), { recursive: true, force: true });
  const server = await step('Starting VS Code', () =>
    startServer({ folder: samples, home, vsix, settings: { 'workbench.startupEditor': 'readme' } }),
  );
  console.log(`
VS Code with Normscope, on the samples:

    ${server.address}

Open it in a browser on this machine. Ctrl+C ends it.`);
  await server.lost;
  throw new Error(`VS Code ended by itself; ${server.log} says more.`);
}
