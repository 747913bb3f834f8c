import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './children.mjs';
import { root } from './paths.mjs';

/**
 * Runs one project of vitest.config.mts and shows how it goes.
 *
 * @param {string} project
 * @returns {Promise<import('./counts.mjs').Counts>}
 */
export async function runVitest(project) {
  const result = join(root, 'test-results', `${project}.json`);
  await rm(result, { force: true });
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${result}`];
  const crash = await run(process.execPath, [vitest, 'run', '--project', project, ...reporters], {
    cwd: root,
    show: true,
  }).then(
    () => undefined,
    (/** @type {Error} */ error) => error,
  );
  const report = await readFile(result, 'utf8').then(JSON.parse, () => undefined);
  if (report === undefined) {
    throw crash ?? new Error(`vitest left no result of ${project}.`);
  }
  // A file that cannot even be loaded has no failed test of its own.
  const broken = report.testResults.filter(
    (/** @type {{ status: string; assertionResults: unknown[] }} */ file) =>
      file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  const failed = report.numFailedTests + broken;
  return {
    passed: report.numPassedTests,
    // An error outside of any test fails the run without failing a test.
    failed: crash && failed === 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}
