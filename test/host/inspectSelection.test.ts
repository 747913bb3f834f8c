import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { rangeOf, showSample } from './samples';
import { closeAll, inspectorTab, inspectorTabs } from './tabs';
import { until } from './until';

describe('Inspect Selection', () => {
  afterEach(closeAll);

  it('opens the inspector beside the text and leaves the cursor there', async () => {
    const editor = await showSample('scores.json');
    const cursor = rangeOf(editor.document, '60, 80').start;
    editor.selection = new vscode.Selection(cursor, cursor);
    await vscode.commands.executeCommand('normscope.inspectSelection');
    const tab = await until('the inspector', inspectorTab);
    assert.equal(tab.group.viewColumn, vscode.ViewColumn.Two);
    assert.equal(vscode.window.activeTextEditor?.document, editor.document);
  });

  it('shows the next array in the same panel', async () => {
    const editor = await showSample('scores.json');
    for (const text of ['[20, 50', '[62, 71']) {
      const cursor = rangeOf(editor.document, text).start.translate(0, 2);
      editor.selection = new vscode.Selection(cursor, cursor);
      await vscode.commands.executeCommand('normscope.inspectSelection');
    }
    await until('the inspector', inspectorTab);
    assert.equal(inspectorTabs().length, 1);
  });

  it('inspects the array that a link of the hover names, whatever is selected', async () => {
    const editor = await showSample('attention.py');
    const { document } = editor;
    const place = rangeOf(document, '[1.0, 0.5, 2.0, 1.5, 1.0]');
    await vscode.commands.executeCommand('normscope.checkGradients', {
      uri: document.uri.toString(),
      ranges: [[document.offsetAt(place.start), document.offsetAt(place.end)]],
    });
    await until('the inspector', inspectorTab);
  });
});
