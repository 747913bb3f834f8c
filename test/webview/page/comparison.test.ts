import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { MemorySource } from '../../../src/formats/byteSource';
import { openDump } from '../../../src/formats/openDump';
import { ComparisonSource } from '../../../src/report/comparisonSource';
import type { ComparedPlace } from '../../../src/report/viewReport';
import { openedPages, type PageOptions } from './openedPage';

const folder = 'test/fixtures/dumps/compare';

const pages = openedPages();
/** Places that the page asked to be shown in one of the two files. */
const revealed: ComparedPlace[] = [];

async function compare(file: string, reference: string, options: PageOptions = {}) {
  const open = async (name: string) => openDump(new MemorySource(await readFile(`${folder}/${name}`)), name);
  const source = new ComparisonSource(
    async () => ({ names: [file, reference], dumps: [await open(file), await open(reference)] }),
    async (place) => void revealed.push(place),
  );
  const opened = await pages.open(source, { height: 1000, ...options });
  return opened.page;
}

it('names the first tensor that parts from the reference, and shows it row by row', async () => {
  const page = await compare('port_bug.safetensors', 'reference.safetensors');
  await page.getByText('in the order of execution').waitFor();
  await page.getByRole('heading', { name: /^Largest difference in each row of/ }).waitFor();
  await page.screenshot({ path: 'test-results/screenshots/comparison.png' });
});

it('maps the elements that differ, to be read by pointer and by keys', async () => {
  const page = await compare('port_bug.safetensors', 'reference.safetensors', { theme: 'vscode-light' });
  const map = page.locator('normscope-heatmap');
  await map.getByRole('heading', { name: 'Where blocks.4.ln2.output differs' }).waitFor();
  const picture = map.getByRole('img');
  const { width, height } = (await picture.boundingBox())!;
  await picture.hover({ position: { x: width - 3, y: height - 3 } });
  const reading = map.locator('.reading');
  await expect.poll(() => reading.innerText()).toMatch(/^Row 11 \(0, 11\), Feature 127\s+largest/);
  await page.screenshot({ path: 'test-results/screenshots/comparison-map.png' });
  await picture.press('ArrowLeft');
  await expect.poll(() => reading.innerText()).toMatch(/Feature 126/);
});

it('leads to the worst element in both files', async () => {
  const page = await compare('port_bug.safetensors', 'reference.safetensors');
  await page.getByRole('button', { name: 'Show in port_bug.safetensors' }).click();
  await page.getByRole('button', { name: 'Show in reference.safetensors' }).click();
  await expect
    .poll(() => revealed)
    .toEqual([
      { side: 0, tensor: 'blocks.4.ln2.output', row: 10, column: 102 },
      { side: 1, tensor: 'blocks.4.ln2.output', row: 10, column: 102 },
    ]);
});

it('turns to the tensor that is chosen in the table', async () => {
  const page = await compare('port_bug.safetensors', 'reference.safetensors', { width: 480, theme: 'vscode-light' });
  const name = (await page.getByRole('rowheader').last().getByRole('button').innerText()).trim();
  await page.getByRole('button', { name }).last().click();
  await page.getByRole('heading', { name: `Largest difference in each row of ${name}` }).waitFor();
  await page.screenshot({ path: 'test-results/screenshots/comparison-narrow.png' });
});

it('says that a file agrees with itself', async () => {
  const page = await compare('reference.safetensors', 'reference.safetensors');
  await page.getByText('nothing differs by more than tolerance or rounding').waitFor();
});
