import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { eventLoopDelay } from './eventLoopDelay';
import { selectedArrays } from './selectedArraysOf';

/** As long as the setting allows. */
const maxLength = 2e6;

describe('a long selection', () => {
  const arrays = selectedArrays();
  const never = new AbortController().signal;

  const select = async (content: string): Promise<[vscode.TextDocument, vscode.Range[]]> => {
    const document = await vscode.workspace.openTextDocument({ content });
    return [document, [new vscode.Range(document.positionAt(0), document.positionAt(content.length))]];
  };

  it('of an array is read while the extension host is free', async () => {
    const row = `[${Array.from({ length: 1000 }, (_, i) => i / 8).join(', ')}]`;
    const [document, all] = await select(`[${Array(250).fill(row).join(',\n')}]`);
    await eventLoopDelay('a selection of 2 MB is read', async () => {
      const found = await arrays().find(document, all, maxLength, never);
      assert.deepEqual(found?.array.shape, [250, 1000]);
    });
  });

  it('of a log, which takes longest, is none', async () => {
    const [document, all] = await select('step 100 | loss 2.345 | lr 1e-4 | norm 0.8\n'.repeat(45_000));
    await eventLoopDelay('a selected log of 2 MB is refused', async () => {
      assert.equal(await arrays().find(document, all, maxLength, never), undefined);
    });
  });

  it('is given up at once', async () => {
    const [document, all] = await select('step 100 | loss 2.345 | lr 1e-4 | norm 0.8\n'.repeat(45_000));
    const controller = new AbortController();
    const reading = arrays().find(document, all, maxLength, controller.signal);
    controller.abort(new Error('enough'));
    await assert.rejects(reading, /enough/);
    assert.deepEqual((await arrays().find(...(await select('1, 2, 3')), maxLength, never))?.array.shape, [3]);
  });
});
