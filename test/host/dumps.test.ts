import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { sampleUri } from './samples';
import { closeAll, tabs } from './tabs';
import { until } from './until';

describe('dumps', () => {
  afterEach(closeAll);

  for (const name of ['preln.safetensors', 'rms.npz', 'residual.npy']) {
    it(`opens ${name} in the inspector without being asked how`, async () => {
      await vscode.commands.executeCommand('vscode.open', sampleUri(name));
      const tab = await until('the dump', () => dumpTab(name));
      assert.equal(tab.isDirty, false);
    });
  }

  it('opens a file of any other name on request', async () => {
    const renamed = sampleUri('activations.dat');
    await vscode.workspace.fs.copy(sampleUri('residual.npy'), renamed, { overwrite: true });
    await vscode.commands.executeCommand('normscope.inspectFile', renamed);
    await until('the dump', () => dumpTab('activations.dat', 'normscope.data'));
  });

  it('is a choice for files that are texts as well, and leaves them texts by default', async () => {
    const log = sampleUri('train.jsonl');
    await vscode.workspace.fs.writeFile(log, new TextEncoder().encode('{"loss": 2.5}\n{"loss": 2.25}\n'));
    await vscode.commands.executeCommand('vscode.open', log);
    await until('the text', () => tabs().find(({ input }) => input instanceof vscode.TabInputText));
    await vscode.commands.executeCommand('vscode.openWith', log, 'normscope.data');
    await until('the dump', () => dumpTab('train.jsonl', 'normscope.data'));
  });
});

function dumpTab(name: string, viewType = 'normscope.dump'): vscode.Tab | undefined {
  return tabs().find(
    ({ input, label }) => label === name && input instanceof vscode.TabInputCustom && input.viewType === viewType,
  );
}
