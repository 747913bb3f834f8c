import { strict as assert } from 'node:assert';
import { rm, writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { InspectedTexts } from '../../src/editor/inspectedTexts';
import { TextPlace } from '../../src/editor/textPlace';
import { PlacedError } from '../../src/tensor/errors';
import { eventLoopDelay } from './eventLoopDelay';
import { extensionThreads } from './inspectorOf';
import { sampleUri } from './samples';
import { closeAll, inspectorTab } from './tabs';
import { until } from './until';

const row = `    [${Array.from({ length: 1000 }, (_, i) => ((i * 37) % 1000) / 1000 - 0.5).join(', ')}],\n`;
const rows = Math.floor(40e6 / row.length);

describe('a selection of 40 MB', function () {
  this.timeout(120_000);
  const uri = sampleUri('long.py');
  let document: vscode.TextDocument;
  let texts: InspectedTexts;
  before(async () => {
    await writeFile(uri.fsPath, `x = [\n${row.repeat(rows)}]\nragged = [\n${row.repeat(rows / 10)}    [0.5],\n]\n`);
    document = await vscode.workspace.openTextDocument(uri);
    document.getText(); // The editor's own: it joins the lines when they are first asked for.
    texts = new InspectedTexts(extensionThreads(), 'array');
  });
  after(async () => {
    texts.dispose();
    await closeAll();
    await rm(uri.fsPath);
  });

  const arrayAt = (line: number) => {
    const offset = document.offsetAt(document.lineAt(line).range.end);
    return { uri: uri.toString(), ranges: [[offset, offset]] as const };
  };
  const place = (line: number) => ({ place: new TextPlace(arrayAt(line)) });

  it('is inspected while the extension host is free', () =>
    eventLoopDelay('a selection of 40 MB is inspected', async () => {
      await vscode.commands.executeCommand('normscope.inspectSelection', arrayAt(0));
      await until('the inspector', inspectorTab);
    }));

  it('is found where it stands, and its row at a place is known', async () => {
    const [{ name, ranges }] = await texts.read([place(0)]);
    assert.equal(name, 'x (long.py:1)');
    assert.deepEqual(ranges, [[4, document.offsetAt(new vscode.Position(rows + 1, 1))]]);
    const { subject } = await texts.inspector.reopen();
    assert.deepEqual(subject?.shape, [rows, 1000]);
    const offset = document.offsetAt(new vscode.Position(rows, 30));
    const at = { uri: uri.toString(), version: document.version, offset };
    assert.equal(await texts.inspector.rowAt(at), rows - 1);
  });

  it('is given up for the one that is inspected next', async () => {
    const given = assert.rejects(texts.read([place(0)]), vscode.CancellationError);
    const start = document.offsetAt(new vscode.Position(1, 5));
    const numbers = [start, start + '-0.5, -0.463'.length] as const;
    const [{ name }] = await texts.read([{ place: new TextPlace({ uri: uri.toString(), ranges: [numbers] }) }]);
    assert.equal(name, 'long.py:2:6');
    await given;
  });

  it('is found where it stands after an edit that came while it was read', async () => {
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(0, 0), '# measured\n');
    await Promise.all([texts.read([place(0)]), vscode.workspace.applyEdit(edit)]);
    assert.equal(texts.places[0].place.saved.ranges[0][0], '# measured\nx = '.length);
    assert.equal((await texts.inspector.reopen()).subject?.place, 'long.py, line 2');
    await document.save();
  });

  it('is refused with the place where it goes wrong while the extension host is free', () =>
    eventLoopDelay('a selection is refused', () =>
      assert.rejects(texts.read([place(rows + 3)]), (error) => {
        assert(error instanceof PlacedError);
        const { line } = document.positionAt(error.start);
        assert.match(error.message, new RegExp(`^Line ${line + 1}, column 5: .*\\b1\\b.*\\b1000\\b`));
        assert.equal(document.lineAt(line).text, '    [0.5],');
        return true;
      }),
    ));
});
