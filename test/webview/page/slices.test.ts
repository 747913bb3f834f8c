import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { openedPages } from './openedPage';
import { dumpSource } from './sources';

const pages = openedPages();

const slice = (page: Page) => page.getByRole('button', { name: 'Slice' });

it('holds an axis at an index, and keeps that across a reload', async () => {
  const opened = await pages.open(await dumpSource('media/samples/preln.safetensors'));
  const { page } = opened;
  await slice(page).click();
  const index = page.getByRole('spinbutton', { name: 'Index along axis 1' });
  await index.fill('3');
  await index.press('Enter');
  await page.getByText('float32 (2, 128)').waitFor();
  await page.screenshot({ path: 'test-results/screenshots/slice.png' });
  expect(await opened.state()).toMatchObject({ slice: [null, 3, null] });
  await page.getByRole('button', { name: 'Show the whole tensor' }).click();
  await page.getByText('float32 (2, 5, 128)').first().waitFor();
});

it('says which indices there are where one is out of range', async () => {
  const state = { tensor: 'blocks.0.ln1.input', slice: [null, 9, null] };
  const opened = await pages.open(await dumpSource('media/samples/preln.safetensors'), { state });
  await opened.page.getByText('has no slice [:, 9, :]').waitFor();
});

it('lets rows run along any axis', async () => {
  const opened = await pages.open(await dumpSource('media/samples/preln.safetensors'));
  const { page } = opened;
  const axes = page.getByRole('combobox', { name: 'Normalized axes' });
  await axes.click();
  await page.getByRole('option', { name: 'along axis 1, (5)' }).click();
  await expect.poll(() => opened.state()).toMatchObject({ choices: { axes: [-2] } });
});
