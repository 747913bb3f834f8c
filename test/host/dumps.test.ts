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
    await until('the dump', () => dumpTab('activations.dat'));
  });
});

function dumpTab(name: string): vscode.Tab | undefined {
  return tabs().find(
    ({ input, label }) =>
      label === name && input instanceof vscode.TabInputCustom && input.viewType === 'normscope.dump',
  );
}
