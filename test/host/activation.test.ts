import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import Module from 'node:module';
import * as vscode from 'vscode';
import { until } from './until';

/** The longest that loading and activating the extension may keep the extension host busy, in milliseconds. */
const limit = 50;

/** How often its code is loaded once more: the shortest time is the extension's own, the rest are other programs'. */
const loads = 8;

const id = 'normscope.normscope';

describe('activation', () => {
  it(`takes less than ${limit} ms`, async () => {
    const extension = vscode.extensions.getExtension(id);
    await extension?.activate();
    const report = await startupPerformance();
    const first = markOf(report, 'didLoadExtensionCode') - markOf(report, 'willLoadExtensionCode');
    const load = Math.min(first, shortestLoad(vscode.Uri.joinPath(extension!.extensionUri, 'dist', 'extension.js')));
    const activate = activationOf(report);
    console.log(
      `activation: ${first} ms to load the code at first, ${load.toFixed(1)} ms at best, ${activate} ms to activate`,
    );
    assert(load + activate < limit, `activation took ${load + activate} ms`);
  });
});

/** Milliseconds that reading, compiling and running the bundle takes, as the extension host does before it activates. */
function shortestLoad({ fsPath }: vscode.Uri): number {
  const times: number[] = [];
  for (let i = 0; i < loads; i++) {
    const start = performance.now();
    const module = Object.assign(new Module(fsPath) as Module & { _compile(code: string, file: string): void }, {
      filename: fsPath,
    });
    // V8 keeps what it compiled of a text: each time it is another one.
    module._compile(`${readFileSync(fsPath, 'utf8')}//${i}`, fsPath);
    times.push(performance.now() - start);
  }
  return Math.min(...times);
}

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
