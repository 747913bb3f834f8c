// Runs the suite of test/host in a desktop VS Code, which is downloaded into .vscode-test: `npm run test:desktop`.
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './lib/build.mjs';
import { countsLine } from './lib/counts.mjs';
import { hostBundle, hostResult } from './lib/hostBundle.mjs';
import { install } from './lib/install.mjs';
import { root } from './lib/paths.mjs';
import { copySamples } from './lib/samples.mjs';

if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
  console.error('A desktop VS Code needs a screen: run this as `xvfb-run -a npm run test:desktop`.');
  process.exit(2);
}
await install();
await build();
const { runTests } = await import('@vscode/test-electron');
const home = await mkdtemp(join(tmpdir(), 'normscope-desktop-'));
const folder = join(home, 'workspace');
await copySamples(folder);
await rm(hostResult, { force: true });
const failure = await runTests({
  extensionDevelopmentPath: root,
  extensionTestsPath: hostBundle,
  launchArgs: [folder, '--disable-extensions', '--disable-workspace-trust', '--user-data-dir', join(home, 'data')],
}).then(
  () => undefined,
  (/** @type {unknown} */ error) => error,
);
await rm(home, { recursive: true, force: true });
if (existsSync(hostResult)) {
  const counts = JSON.parse(await readFile(hostResult, 'utf8'));
  console.log(countsLine(counts));
  process.exitCode = counts.failed > 0 ? 1 : 0;
} else {
  console.error(`The suite did not run to its end in a desktop VS Code: ${failure}`);
  console.log(countsLine({ passed: 0, failed: 1, skipped: 0 }));
  process.exitCode = 1;
}
