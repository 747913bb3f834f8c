import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { openedPages, type PageOptions } from './openedPage';
import { dumpSource } from './sources';

const pages = openedPages();

async function open(path: string, options: PageOptions = {}): Promise<Page> {
  const opened = await pages.open(await dumpSource(path), { height: 800, ...options });
  return opened.page;
}

it('finds what is wrong in a dump, and leads to the tensor', async () => {
  const page = await open('test/fixtures/dumps/broken/case_01.safetensors');
  await page.getByRole('button', { name: 'Findings' }).click();
  const finding = page.locator('normscope-report .sentence').first();
  await finding.waitFor();
  await page.screenshot({ path: 'test-results/screenshots/findings.png' });
  const link = finding.getByRole('button').first();
  const tensor = await link.innerText();
  await link.click();
  await page.getByRole('heading', { name: tensor }).waitFor();
});

it('finds nothing wrong in a healthy dump, also in a narrow panel', async () => {
  const page = await open('media/samples/preln.safetensors', { width: 480, theme: 'vscode-light' });
  await page.getByRole('button', { name: /tensors$/ }).click();
  await page.getByRole('button', { name: 'Findings' }).click();
  await page.getByText('errors', { exact: true }).waitFor();
  await page.screenshot({ path: 'test-results/screenshots/findings-narrow.png' });
  expect(await page.locator('normscope-report .icon.error').count()).toBe(0);
});

it('follows a network through its layers, one kind of tensor at a time', async () => {
  const page = await open('test/fixtures/dumps/postln.safetensors', { height: 1300 });
  await page.getByRole('button', { name: 'Depth' }).click();
  await page.getByText('the norms stand after the sum, N(x + f(x))').waitFor();
  await page.screenshot({ path: 'test-results/screenshots/depth.png' });
  const kind = page.getByRole('rowheader', { name: 'blocks.*.ln1.grad_input' }).getByRole('button');
  const pattern = await kind.innerText();
  await kind.click();
  await page.getByRole('heading', { name: `RMS and largest |x| of ${pattern}` }).waitFor();
});

it('simulates the residual stream of random networks', async () => {
  const page = await open('media/samples/preln.safetensors', { theme: 'vscode-light' });
  await page.getByRole('button', { name: 'Simulation' }).click();
  await page.getByRole('heading', { name: 'RMS of the residual stream' }).waitFor();
  await page.getByRole('slider', { name: 'Blocks' }).fill('24');
  await page.getByText('A random transformer, not your network').waitFor();
  await page.screenshot({ path: 'test-results/screenshots/simulation.png' });
});
