import { strict as assert } from 'node:assert';
import { cpus, loadavg } from 'node:os';
import * as vscode from 'vscode';
import { until } from './until';

/** The longest that loading and activating the extension may keep the extension host busy, in milliseconds. */
const limit = 50;

/** Programs per processor that want to run from which on the time says more of the others than of the extension. */
const crowd = 1;

const id = 'normscope.normscope';

describe('activation', () => {
  it(`takes less than ${limit} ms`, async function () {
    await vscode.extensions.getExtension(id)?.activate();
    const report = await startupPerformance();
    const load = markOf(report, 'didLoadExtensionCode') - markOf(report, 'willLoadExtensionCode');
    const activate = activationOf(report);
    console.log(`activation: ${load} ms to load the code, ${activate} ms to activate`);
    const [waiting] = loadavg();
    if (waiting > crowd * cpus().length) {
      console.log(`not judged: ${waiting.toFixed(1)} programs want ${cpus().length} processors`);
      this.skip();
    }
    assert(load + activate < limit, `activation took ${load + activate} ms`);
  });
});

/**
 * The workbench's own report of its start. An opened window asks for the languages' extensions at once, so that
 * there is nothing left to activate when the tests begin.
 */
async function startupPerformance(): Promise<string> {
  await vscode.commands.executeCommand('perfview.show');
  const report = await until('the startup report', () => {
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    return text.includes(`didActivateExtension/${id}`) ? text : undefined;
  });
  await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  return report;
}

/** Milliseconds since the epoch of a line such as "code/extHost/didLoadExtensionCode/publisher.name⇥1795255695178⇥1⇥…". */
function markOf(report: string, mark: string): number {
  const line = report.split('\n').find((candidate) => candidate.startsWith(`code/extHost/${mark}/${id}\t`));
  assert(line, `the report has ${mark}`);
  return Number(line.split('\t')[1]);
}

/** The columns "Call Activate" and "Finish Activate". The column before is no cost: others load at the same time. */
function activationOf(report: string): number {
  const cells = report
    .split('\n')
    .find((line) => line.startsWith(`| ${id} `))
    ?.split('|');
  assert(cells, 'the report lists the extension');
  return Number(cells[4]) + Number(cells[5]);
}
