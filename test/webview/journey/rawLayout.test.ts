import { afterAll, beforeAll, expect, it } from 'vitest';
import { Workbench } from './workbench';

let workbench: Workbench;

beforeAll(async () => {
  const values = (count: number) => new Uint8Array(Float32Array.from({ length: count }, (_, i) => Math.sin(i)).buffer);
  workbench = await Workbench.start('dark', { 'first.bin': values(24), 'second.bin': values(12) });
});
afterAll(() => workbench?.close());

it('asks once what a file without a header holds, and opens the next one of its kind without asking', async () => {
  const { page, inspector } = workbench;
  const input = page.locator('.quick-input-widget .quick-input-box input');
  const accept = () => page.keyboard.press('Enter');
  await inspect('first.bin');
  await page.getByText('first.bin says nothing of its 96 bytes').or(input).first().waitFor();
  await page.locator('.quick-input-list .monaco-list-row', { hasText: '24 values' }).first().waitFor();
  await workbench.screenshot('raw-dtype');
  await accept();
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'little-endian' }).waitFor();
  await accept();
  await page.getByText('Bytes before the first value').waitFor();
  await accept();
  await page.getByText('Shape of the 24 values').waitFor();
  await input.fill('5, 8');
  await page.getByText('(5, 8) float32 takes 160 bytes, 96 follow byte 0').waitFor();
  await workbench.screenshot('raw-shape-refused');
  await input.fill('-1, 4');
  await accept();
  await page.locator('.quick-input-list .monaco-list-row', { hasText: '*.bin' }).waitFor();
  await accept();
  await inspector.frame.getByRole('heading', { name: 'first', exact: true }).waitFor();
  expect(await inspector.numbers()).toMatchObject({ shape: '(6, 4)' });
  await inspect('second.bin');
  await inspector.frame.getByRole('heading', { name: 'second', exact: true }).waitFor();
  expect(await inspector.numbers()).toMatchObject({ shape: '(3, 4)' });
  await workbench.screenshot('raw-remembered');
});

async function inspect(name: string): Promise<void> {
  const { page } = workbench;
  const item = page.locator('.monaco-menu .action-label', { hasText: 'Inspect With Normscope' }).first();
  // A menu that is opened before the extension is known has no entry of it: then it is opened again.
  await expect
    .poll(async () => {
      await page.keyboard.press('Escape');
      await page.locator('.explorer-folders-view').getByText(name, { exact: true }).click({ button: 'right' });
      return item.waitFor({ timeout: 2_000 }).then(
        () => true,
        () => false,
      );
    })
    .toBe(true);
  // A menu takes no click in the moment after it opened.
  await item.hover();
  await page.keyboard.press('Enter');
}
