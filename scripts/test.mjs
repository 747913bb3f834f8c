// Runs the tests, from a fresh clone on: `npm test`, or some of them: `npm test unit`, `npm test host`, `npm test webview`.
// Ends with one line, `N passed, N failed`, and exit code 1 if any failed.
import { countsLine, sum } from './lib/counts.mjs';
import { install } from './lib/install.mjs';
import { suites } from './lib/suites.mjs';

const named = process.argv.slice(2);
const unknown = named.find((name) => !Object.hasOwn(suites, name));
if (unknown !== undefined) {
  console.error(`There is no suite "${unknown}"; the suites are ${Object.keys(suites).join(', ')}.`);
  process.exit(2);
}
const chosen = Object.entries(suites).filter(([name]) => named.length === 0 || named.includes(name));
const results = [];
try {
  await install();
  const broken = await prepare();
  for (const [name, { needs, run }] of chosen) {
    const missing = needs.find((need) => broken.has(need));
    results.push(missing ? crashed(name, broken.get(missing)) : await run().catch((error) => crashed(name, error)));
  }
} catch (error) {
  results.push(crashed('preparation', error));
}
const total = sum(results);
console.log(countsLine(total));
process.exitCode = total.failed > 0 ? 1 : 0;

/** Does once what the chosen suites need, and keeps what went wrong: another suite may do without. */
async function prepare() {
  /** @type {Map<() => Promise<unknown>, unknown>} */
  const broken = new Map();
  for (const need of new Set(chosen.toReversed().flatMap(([, { needs }]) => needs))) {
    await need().catch((error) => broken.set(need, error));
  }
  return broken;
}

/**
 * A suite that does not run to its end is one failure.
 *
 * @param {string} name
 * @param {unknown} error
 */
function crashed(name, error) {
  console.error(`The suite "${name}" could not run: ${error instanceof Error ? error.message : error}`);
  return { passed: 0, failed: 1, skipped: 0 };
}
