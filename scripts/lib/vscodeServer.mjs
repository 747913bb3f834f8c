import { randomUUID } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { endGroup, npm, run, spawnGroup, unexpectedEnd } from './children.mjs';
import { root } from './paths.mjs';
import { step } from './step.mjs';

/** The npm package that carries the server and web workbench of VS Code 1.139.1. */
const release = 'code-server@4.139.1';

/** The Node that this server needs. */
const nodeMajor = 24;

/** A workbench that opens on the work, without the offers of a first start. */
const quietSettings = {
  'chat.disableAIFeatures': true,
  'window.autoDetectColorScheme': true,
  'workbench.startupEditor': 'none',
  // The samples lie in the project's own repository, which is none of theirs.
  'git.openRepositoryInParentFolders': 'never',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
};

const testFolder = join(root, '.vscode-test');
const home = join(testFolder, release.replace('@', '-'));
const vscodeFolder = join(home, 'node_modules', 'code-server', 'lib', 'vscode');
const serverMain = join(vscodeFolder, 'out', 'server-main.js');

/** Installs the VS Code server into .vscode-test, unless it is there. */
export async function installServer() {
  if (existsSync(serverMain)) {
    return;
  }
  await mkdir(testFolder, { recursive: true });
  // Built aside and put in place by one rename, so that what is there is always whole.
  const aside = await mkdtemp(join(testFolder, 'installing-'));
  try {
    await writeFile(join(aside, 'package.json'), '{ "private": true }\n');
    const packages = runsServer(process.version) ? [release] : [release, `${nodePackage()}@${nodeMajor}`];
    // Its native modules need a compiler and system libraries, and nothing here needs them.
    const quick = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'];
    await step(`Installing a VS Code server into .vscode-test (once, about 600 MB)`, async () => {
      await npm(['install', ...quick, ...packages], { cwd: aside });
      await npm(['install', ...quick, '--omit=dev'], {
        cwd: join(aside, 'node_modules', 'code-server', 'lib', 'vscode'),
      });
    });
    await rename(aside, home).catch((error) => {
      if (!existsSync(serverMain)) {
        throw error;
      }
    });
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/**
 * Starts a VS Code server for this machine alone: it listens on the loopback and wants the token of its address.
 *
 * @param {object} options
 * @param {string} options.folder    the folder that the workbench opens
 * @param {string} options.home      where the server keeps its data and extensions; made when missing
 * @param {string} [options.vsix]    a packaged extension to install first
 * @param {object} [options.settings] the person's settings, beside those that keep the workbench quiet
 * @param {boolean} [options.driven] whether tests may run inside, see hostSuite.mjs
 * @returns {Promise<RunningServer>} once the server answers
 *
 * @typedef {object} RunningServer
 * @property {string} address           of the workbench, with the token
 * @property {number} port
 * @property {string} log               the file that holds all that the server says
 * @property {Promise<void>} lost       settles when the server has ended by itself
 * @property {() => Promise<void>} end  ends it with all that it started
 */
export async function startServer({ folder, home, vsix, settings, driven = false }) {
  const data = join(home, 'data');
  await mkdir(join(data, 'data', 'User'), { recursive: true });
  // What a person has set in an earlier run stays.
  const userSettings = join(data, 'data', 'User', 'settings.json');
  await writeFile(userSettings, JSON.stringify({ ...quietSettings, ...settings }, null, 2), { flag: 'wx' }).catch(
    () => {},
  );
  const places = ['--server-data-dir', data, '--extensions-dir', join(home, 'extensions')];
  const node = serverNode();
  if (vsix) {
    await run(node, [serverMain, ...places, '--install-extension', vsix, '--force', '--accept-server-license-terms']);
  }
  const token = randomUUID();
  const log = join(home, 'server.log');
  const child = spawnGroup(
    node,
    [
      serverMain,
      ...places,
      ...['--host', '127.0.0.1', '--port', '0', '--connection-token', token, '--default-folder', folder],
      ...['--accept-server-license-terms', '--disable-telemetry', '--disable-workspace-trust'],
      ...(driven ? ['--enable-smoke-test-driver'] : []),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const port = await boundPort(child, log);
  return {
    address: `http://127.0.0.1:${port}/?tkn=${token}`,
    port,
    log,
    lost: unexpectedEnd(child),
    end: () => endGroup(child),
  };
}

/**
 * Waits for the server to say which port it got; all that it says goes into a log file.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @param {string} log
 * @returns {Promise<number>}
 */
function boundPort(child, log) {
  const file = createWriteStream(log);
  let said = '';
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.pipe(file, { end: false });
      stream?.on('data', (/** @type {Buffer} */ chunk) => {
        said = (said + chunk.toString()).slice(-20_000);
        const [, port] = /Extension host agent listening on (\d+)/.exec(said) ?? [];
        if (port) {
          resolve(Number(port));
        }
      });
    }
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The VS Code server ended with ${code} as it started.\n${said}`)));
  });
}

/** The Node to run the server with: this one if it is new enough, else the one installed beside the server. */
function serverNode() {
  const program = process.platform === 'win32' ? 'node.exe' : 'node';
  return runsServer(process.version) ? process.execPath : join(home, 'node_modules', nodePackage(), 'bin', program);
}

/** @param {string} version as in v24.1.0 */
function runsServer(version) {
  return Number.parseInt(version.slice(1), 10) >= nodeMajor;
}

/** The npm package that holds nothing but a Node for this machine. */
function nodePackage() {
  return `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
}
