import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../../scripts/lib/paths.mjs';
import { Workbench } from './workbench';

const fixture = (name: string) => readFile(join(root, 'test/fixtures/formats/npy', name));

describe('bad input', () => {
  let workbench: Workbench;

  beforeAll(async () => {
    const whole = await fixture('float32.npy');
    workbench = await Workbench.start('light', {
      'ragged.py': 'x = [\n    [1.0, 2.0, 3.0],\n    [4.0, 5.0],\n]\n',
      'cut.txt': 'array([[1., 2., ..., 3., 4.],\n       [5., 6., ..., 7., 8.]], shape=(2, 1000))\n',
      'misfit.json': '{"x": [[1, 2, 3, 4], [4, 3, 2, 2]], "weight": [1, 2, 3]}\n',
      'cut.npy': whole.subarray(0, whole.length - 5),
      'objects.npy': await fixture('object_array.npy'),
    });
  });
  afterEach(() => workbench.run('View: Close All Editors'));
  afterAll(() => workbench?.close());

  it('in a text is named by row, line and column, and shown there', async () => {
    await workbench.openFile('ragged.py');
    await workbench.select('1.0, 2.0');
    await workbench.page.keyboard.press('ArrowLeft');
    await workbench.run('Normscope: Inspect Selection');
    const notice = workbench.page.locator('.notification-toast', { hasText: 'Line 3, column 5' });
    await notice.waitFor();
    expect(await notice.innerText()).toMatch(/Row 1 has 2 numbers/);
    const goToPlace = notice.getByRole('button', { name: 'Go to Place' });
    await goToPlace.click({ trial: true }); // The notice has slid in.
    await workbench.screenshot('bad-ragged');
    await goToPlace.click();
    await expect.poll(() => workbench.selectedText()).toBe('[4.0, 5.0]');
  });

  it('of a γ that does not fit is named with both shapes', async () => {
    await workbench.openFile('misfit.json');
    await workbench.select('4, 3');
    await workbench.page.keyboard.press('ArrowLeft');
    await workbench.run('Normscope: Inspect Selection');
    await workbench.inspector.frame.getByText('weight has shape (3), but the normalized axes of x are (4)').waitFor();
    await workbench.screenshot('bad-weight');
  });

  it('in a dump that is cut short is named with the missing bytes', async () => {
    await workbench.openFile('cut.npy');
    await workbench.inspector.frame.getByText(/48 bytes.*43/).waitFor();
    await workbench.screenshot('bad-cut');
  });

  it('in an array of Python objects is refused without unpickling it', async () => {
    await workbench.openFile('objects.npy');
    await workbench.inspector.frame.getByText(/pickle/).waitFor();
    await workbench.screenshot('bad-objects');
  });

  it('of an array that is printed in part is refused with the reason', async () => {
    await workbench.openFile('cut.txt');
    await workbench.select('5., 6.');
    await workbench.page.keyboard.press('ArrowLeft');
    await workbench.run('Normscope: Inspect Selection');
    const notice = workbench.page.locator('.notification-toast', {
      hasText: 'Only 8 of the array’s numbers are printed',
    });
    await notice.waitFor();
    expect(await notice.innerText()).toContain('print the whole array');
    expect(await workbench.page.locator('.tab', { hasText: 'array' }).count()).toBe(0);
    await workbench.screenshot('bad-printed-in-part');
  });
});
