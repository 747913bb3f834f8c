import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { closeAll } from './tabs';
import { until } from './until';

const row = '[1, 2, 3, 4, 5, 6, 7, 8]';
const matrix = `[${Array.from({ length: 8 }, () => row).join(',\n ')}]`;

describe('code lens', () => {
  const settings = () => vscode.workspace.getConfiguration('normscope');

  afterEach(async () => {
    await settings().update('codeLens.enabled', undefined, vscode.ConfigurationTarget.Workspace);
    await settings().update('hover.maxCharacters', undefined, vscode.ConfigurationTarget.Workspace);
    await closeAll();
  });

  const enable = () => settings().update('codeLens.enabled', true, vscode.ConfigurationTarget.Workspace);

  it('is off until it is asked for', async () => {
    const document = await textWith(matrix);
    assert.deepEqual(await titlesIn(document), []);
    await enable();
    assert.deepEqual(await titlesIn(document), ['(8, 8) · mean 4.5 · var 5.25 (÷N) · 0 NaN', 'Inspect']);
  });

  it('stands above every array of 64 numbers or more, and inspects that', async () => {
    await enable();
    const document = await textWith(`small = ${row}\nx = ${matrix}\n\ny = ${matrix}\n`);
    const lenses = await lensesIn(document);
    assert.deepEqual([...new Set(lenses.map(({ range }) => range.start.line))], [1, 10]);
    const [command, place] = [lenses[3].command?.command, lenses[3].command?.arguments?.[0]];
    assert.equal(command, 'normscope.inspectSelection');
    const [[start, end]] = place.ranges;
    assert.equal(document.getText().slice(start, end), matrix);
  });

  it('says other numbers once the text is edited', async () => {
    await enable();
    const document = await textWith(matrix);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 2, 0, 3), 'NaN');
    assert(await vscode.workspace.applyEdit(edit));
    const [title] = await until('the other numbers', async () => {
      const titles = await titlesIn(document);
      return titles[0]?.includes('1 NaN') ? titles : undefined;
    });
    assert.match(title!, /^\(8, 8\) · mean 4\.556 /);
  });

  it('says of an array printed in part that it is one, and offers no norm of it', async () => {
    await enable();
    const cut = `[${Array.from({ length: 8 }, () => '[1, 2, 3, 4, ..., 5, 6, 7, 8]').join(',\n ')}]`;
    assert.deepEqual(await titlesIn(await textWith(`tensor(${cut})`)), [
      'cut off, 64 values visible · mean 4.5 · var 5.25 (÷N) · 0 NaN',
    ]);
  });

  it('passes over a text longer than the setting allows', async () => {
    await enable();
    await settings().update('hover.maxCharacters', 1000, vscode.ConfigurationTarget.Workspace);
    assert.deepEqual(await titlesIn(await textWith(`${matrix}\n${' '.repeat(1000)}`)), []);
  });
});

/** A new text, not shown, so that only the test asks for its lenses. */
async function textWith(content: string): Promise<vscode.TextDocument> {
  return vscode.workspace.openTextDocument({ content, language: 'plaintext' });
}

async function lensesIn(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    document.uri,
    100,
  );
  return lenses.filter(({ command }) => /Inspect|mean/.test(command?.title ?? ''));
}

async function titlesIn(document: vscode.TextDocument): Promise<(string | undefined)[]> {
  return (await lensesIn(document)).map(({ command }) => command?.title);
}
