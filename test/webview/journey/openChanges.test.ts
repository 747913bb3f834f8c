import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeNpy } from '../../../src/formats/writeNpy';
import { InspectorFrame } from './inspectorFrame';
import { Workbench } from './workbench';

const matrix = (from: number) =>
  writeNpy({
    name: 'x',
    dtype: 'float64',
    shape: [2, 3],
    values: Float64Array.from({ length: 6 }, (_, i) => from + i),
  });

/** Makes a folder a repository with everything in it committed. */
async function commitAll(folder: string): Promise<void> {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
  for (const args of [
    ['init', '--quiet'],
    ['add', '.'],
    [...identity, 'commit', '--quiet', '-m', 'Samples'],
  ]) {
    await promisify(execFile)('git', args, { cwd: folder });
  }
}

describe('a dump under source control', () => {
  let workbench: Workbench;

  beforeAll(async () => {
    workbench = await Workbench.start('light', { 'step.npy': matrix(0) }, { prepare: commitAll });
  });
  afterAll(() => workbench?.close());

  it('is shown as committed and as it is, side by side, by Open Changes', async () => {
    const { page } = workbench;
    await workbench.writeFile('step.npy', matrix(10));
    await workbench.openFile('step.npy');
    await workbench.inspector.numbers();
    // The button in the title; by name the command asks for a text editor.
    await page
      .locator('.editor-actions')
      .getByRole('button', { name: /^Open Changes/ })
      .click();
    const frames = page.locator('iframe.webview:visible');
    await expect.poll(() => frames.count()).toBe(2);
    const maxima = async () => {
      const inspectors = [0, 1].map((i) => frames.nth(i).contentFrame().frameLocator('iframe#active-frame'));
      const numbers = await Promise.all(inspectors.map((frame) => new InspectorFrame(page, frame).numbers()));
      return numbers.map(({ max }) => max).sort();
    };
    await expect.poll(maxima).toEqual(['15', '5']);
    await workbench.screenshot('dump-open-changes');
  });
});
