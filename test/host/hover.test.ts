import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { rangeOf, showSample } from './samples';
import { closeAll } from './tabs';

describe('hover', () => {
  afterEach(closeAll);

  it('says the numbers of the array under the pointer, and offers to inspect it', async () => {
    const { document } = await showSample('scores.json');
    const [hover] = await hoversAt(document, rangeOf(document, '60, 80').start);
    assert.match(hover, /\| 20 \| 90 \| 60 \| 600 \|/);
    assert.match(hover, /variance \(÷N\)/);
    assert.match(hover, /command:normscope\.inspectSelection\?/);
    assert.match(hover, /command:normscope\.checkGradients\?/);
  });

  it('says the numbers of the selection, where the pointer rests on one', async () => {
    const editor = await showSample('scores.json');
    const selected = rangeOf(editor.document, '50, 60, 80');
    editor.selection = new vscode.Selection(selected.start, selected.end);
    const [hover] = await hoversAt(editor.document, selected.start.translate(0, 2));
    assert.match(hover, /\*\*Array \(3\)\*\*/);
  });

  it('counts NaN and Inf in a list of a Python file', async () => {
    const { document } = await showSample('attention.py');
    const [hover] = await hoversAt(document, rangeOf(document, '0.38, -1.12').start);
    assert.match(hover, /\*\*Array \(2, 3, 8\)\*\*/);
    assert.match(hover, /\| 1 \| 1 \|$/m);
  });

  it('is silent where there is no array', async () => {
    const { document } = await showSample('attention.py');
    assert.deepEqual(await hoversAt(document, rangeOf(document, 'causal mask').start), []);
  });
});

/** What Normscope says there; other extensions may hover as well. */
async function hoversAt(document: vscode.TextDocument, position: vscode.Position): Promise<string[]> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (typeof content === 'string' ? content : content.value))
    .filter((text) => text.includes('normscope.inspectSelection'))
    .map((text) => text.replaceAll('&emsp;', ''));
}
