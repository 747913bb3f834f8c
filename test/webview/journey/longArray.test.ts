import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Workbench } from './workbench';

/** A list of a training log that takes seconds to read: every number of it is a call. */
const losses = `[\n${`${'tensor(0.25), '.repeat(100)}\n`.repeat(10_000)}]\n`;

describe('an array that takes long to read', () => {
  let workbench: Workbench;

  beforeAll(async () => {
    workbench = await Workbench.start('dark', {
      'losses.py': losses,
      'short.py': '[[0.25, 1.25, 3.5], [0.75, -0.5, 1.5]]\n',
    });
  });
  afterAll(() => workbench?.close());

  it('is read until a person cancels that, and opens no inspector then', async () => {
    const { page } = workbench;
    await workbench.openFile('losses.py');
    await page.getByText('Open Anyway').click(); // The editor asks for files of 10 MB and more.
    await page.locator('.view-line', { hasText: 'tensor(0.25)' }).first().waitFor();
    await workbench.run('Normscope: Inspect Selection');
    const notice = page.locator('.notification-toast', { hasText: 'Reading the array' });
    const cancel = notice.getByRole('button', { name: 'Cancel' });
    await cancel.click({ trial: true }); // The notice has slid in.
    await workbench.screenshot('long-array-reading');
    await cancel.click();
    await notice.waitFor({ state: 'hidden' });
    expect(await page.locator('.tab', { hasText: 'Normscope' }).count()).toBe(0);
    expect(await page.locator('.notification-toast').count()).toBe(0);
  });

  it('is given up for the next one that is inspected', async () => {
    const { page, inspector } = workbench;
    await workbench.run('Normscope: Inspect Selection');
    await page.locator('.notification-toast', { hasText: 'Reading the array' }).waitFor();
    await workbench.openFile('short.py');
    await page.locator('.view-line', { hasText: '1.25' }).first().waitFor();
    await workbench.run('Normscope: Inspect Selection');
    await expect.poll(() => inspector.numbers()).toMatchObject({ shape: '(2, 3)' });
    await page.locator('.notification-toast').waitFor({ state: 'hidden' });
  });
});
