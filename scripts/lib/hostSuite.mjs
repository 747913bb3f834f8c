import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format } from 'node:util';
import { chromium } from 'playwright-core';
import { chromiumArgs, findChromium } from './chromium.mjs';
import { hostBundle } from './hostBundle.mjs';
import { root } from './paths.mjs';
import { copySamples } from './samples.mjs';
import { startServer } from './vscodeServer.mjs';

/** The longest that the suite may take in all, in milliseconds. */
const timeLimit = 300_000;

/**
 * Runs the suite of test/host in the extension host of a VS Code server, with its workbench in a headless browser.
 * What the suite writes is printed; test-results/host.log has the rest.
 */
export async function runHostSuite() {
  const home = await mkdtemp(join(tmpdir(), 'normscope-host-'));
  const folder = join(home, 'workspace');
  await mkdir(join(root, 'test-results'), { recursive: true });
  await copySamples(folder);
  const server = await startServer({ folder, home, driven: true });
  const browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumArgs });
  try {
    const page = await browser.newPage();
    const remote = `vscode-remote://127.0.0.1:${server.port}`;
    const payload = [
      ['extensionDevelopmentPath', remote + root],
      ['extensionTestsPath', remote + hostBundle],
      ['skipWelcome', 'true'],
    ];
    await page.exposeFunction('codeAutomationLog', logPrinter());
    const exit = new Promise((resolve, reject) => {
      page.exposeFunction('codeAutomationExit', resolve).catch(reject);
      setTimeout(
        () => reject(new Error(`The host suite did not end within ${timeLimit / 1000} s.`)),
        timeLimit,
      ).unref();
    });
    await page.goto(`${server.address}&payload=${encodeURIComponent(JSON.stringify(payload))}`);
    await exit;
  } finally {
    await browser.close();
    await server.end();
    await rm(home, { recursive: true, force: true });
  }
}

/**
 * Prints what the suite writes. The workbench writes to the same console, at first and when it misses its native
 * modules or its marketplace, which are not installed and not reached: all that goes to a file.
 *
 * @returns {(type: string, args: unknown[]) => void} what the workbench calls with the console's method
 */
function logPrinter() {
  const file = createWriteStream(join(root, 'test-results', 'host.log'));
  let started = false;
  return (type, args) => {
    const line = format(...args);
    file.write(`${type}: ${line}\n`);
    started ||= line.startsWith('host suite');
    if (started && type !== 'error') {
      console.log(line);
    }
  };
}
