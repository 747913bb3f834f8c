import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import Mocha from 'mocha';
import * as vscode from 'vscode';

/** Beside the other suites' results, as seen from the bundle in dist/test. */
const resultFile = resolve(__dirname, '..', '..', 'test-results', 'host.json');

/**
 * Runs the suites inside the extension host, prints what happens, and leaves the counts in test-results/host.json.
 *
 * @param define runs the suite files, which describe their tests
 * @throws Error when a test failed
 */
export async function runSuites(define: () => void): Promise<void> {
  console.log(`host suite in VS Code ${vscode.version}`);
  const mocha = new Mocha({ ui: 'bdd', timeout: 20_000, reporter: 'spec', color: false });
  mocha.suite.emit('pre-require', globalThis, 'host', mocha);
  define();
  const counts = { passed: 0, failed: 0, skipped: 0 };
  await new Promise<void>((done) => {
    mocha
      .run(() => done())
      .on('pass', () => counts.passed++)
      .on('fail', () => counts.failed++)
      .on('pending', () => counts.skipped++);
  });
  mkdirSync(resolve(resultFile, '..'), { recursive: true });
  writeFileSync(resultFile, JSON.stringify(counts));
  if (counts.failed > 0) {
    throw new Error(`${counts.failed} tests failed in the extension host.`);
  }
}
