import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { ArrayHover } from '../../src/editor/hover';
import { rangeOf, showSample } from './samples';
import { selectedArrays } from './selectedArraysOf';
import { closeAll } from './tabs';

describe('hover', () => {
  const arrays = selectedArrays();
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

  it('says of an array printed in part what is seen of it, and offers no norm', async () => {
    const content = 'array([[1., 2., ..., 3., 4.],\n       [5., 6., ..., 7., 8.]], shape=(2, 1000))';
    const document = await vscode.workspace.openTextDocument({ content });
    const [hover, ...others] = await hoversAt(document, rangeOf(document, '6., ...').start, 'cut off');
    assert.match(hover, /\*\*Array \(2, 1000\), cut off\*\* · of the 8 numbers shown:/);
    assert.match(hover, /\| 1 \| 8 \| 4\.5 \| 5\.25 \|/);
    assert.doesNotMatch(hover, /command:/);
    assert.deepEqual(others, []);
  });

  it('says of an array that is too long for it that it is, and leads to the inspector and the setting', async () => {
    const settings = vscode.workspace.getConfiguration('normscope');
    await settings.update('hover.maxCharacters', 1000, vscode.ConfigurationTarget.Workspace);
    try {
      const content = `[${'1.25, '.repeat(1000)}1]`;
      const document = await vscode.workspace.openTextDocument({ content });
      const [hover] = await hoversAt(document, document.positionAt(3000));
      assert.match(hover, /^The array is longer than 1,000 characters\./);
      assert.match(hover, /command:workbench\.action\.openSettings\?.*maxCharacters/);
    } finally {
      await settings.update('hover.maxCharacters', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  it('reads an array once, wherever in it the pointer rests, until the text is edited', async () => {
    const document = await vscode.workspace.openTextDocument({ content: '[[1, 2],\n [3, 4]]' });
    const provider = new ArrayHover(arrays());
    const { token } = new vscode.CancellationTokenSource();
    const hoverAt = (line: number) => provider.provideHover(document, new vscode.Position(line, 3), token);
    const first = await hoverAt(0);
    assert(first);
    assert.equal(await hoverAt(1), first);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 2), '9');
    assert(await vscode.workspace.applyEdit(edit));
    assert.notEqual(await hoverAt(0), first);
  });

  it('answers again at once for an array of 100,000 numbers', async () => {
    const rows = Array.from({ length: 1000 }, (_, row) =>
      JSON.stringify(Array.from({ length: 100 }, (__, col) => Math.sin(100 * row + col))),
    );
    const document = await vscode.workspace.openTextDocument({ content: `[${rows.join(',\n')}]` });
    const provider = new ArrayHover(arrays());
    const { token } = new vscode.CancellationTokenSource();
    const times: number[] = [];
    for (let line = 0; line < 21; line++) {
      const start = performance.now();
      assert(await provider.provideHover(document, new vscode.Position(line, 30), token));
      times.push(performance.now() - start);
    }
    const [first, ...again] = times;
    const median = again.sort((a, b) => a - b)[10];
    console.log(`hover on 100,000 numbers: ${first.toFixed(1)} ms at first, ${median.toFixed(2)} ms again`);
    // A busy machine takes several times what is aimed at: 50 ms at first and 2 ms again.
    assert(median < 10 && first < 1000);
  });

  it('is silent where there is no array', async () => {
    const { document } = await showSample('attention.py');
    assert.deepEqual(await hoversAt(document, rangeOf(document, 'causal mask').start), []);
  });
});

/** What Normscope says there; other extensions may hover as well. */
async function hoversAt(
  document: vscode.TextDocument,
  position: vscode.Position,
  marker = 'normscope.inspectSelection',
): Promise<string[]> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (typeof content === 'string' ? content : content.value))
    .filter((text) => text.includes(marker))
    .map((text) => text.replaceAll('&emsp;', ''));
}
