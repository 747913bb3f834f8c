import type { Locator } from 'playwright-core';
import { expect, it } from 'vitest';
import { MomentsService } from '../../../src/compute/momentsService';
import { MemorySource } from '../../../src/formats/byteSource';
import { openDump } from '../../../src/formats/openDump';
import { writeNpy } from '../../../src/formats/writeNpy';
import { loadCase } from '../../../src/report/dumpCase';
import { listingOf } from '../../../src/report/dumpListing';
import type { InspectorSource } from '../../../src/report/inspector';
import { openedPages } from './openedPage';

const rows = 200_000;
const spike = 123_456;

const pages = openedPages();

/** A tensor of which one twentieth is held, with one row that stands out far behind that; `gate` holds back its scan. */
async function largeSource(gate: Promise<void> = Promise.resolve()): Promise<InspectorSource> {
  const values = Float32Array.from({ length: 8 * rows }, (_, i) => Math.sin(1.7 * i) + (i % 977) / 977);
  values.fill(1000, 8 * spike, 8 * spike + 4);
  const source = new MemorySource(writeNpy({ name: 'x', dtype: 'float32', shape: [rows, 8], values }));
  const dump = await openDump(source, 'hidden.npy');
  const listing = listingOf(dump, { fileName: 'hidden.npy', fileSize: source.size, scanLimit: 0 });
  const moments = new MomentsService();
  return {
    listing: async () => listing,
    load: async (_, signal) =>
      loadCase(dump, listing, 'hidden', (8 * rows) / 20, signal, async (ref, axes, options) => {
        options.onBytes(1_600_000);
        await Promise.race([gate, new Promise((_, cancel) => options.signal.addEventListener('abort', cancel))]);
        return moments.allRows(ref, axes, { ...options, onBytes: () => {} });
      }),
    revealRows: async () => {},
    revealSource: async () => {},
  };
}

/** How many points of so many a chart says that it draws. */
async function pointsDrawn(chart: Locator, count: number): Promise<number> {
  return Number(/\d+/.exec(await chart.getByText(`of ${count} drawn`).innerText())![0]);
}

/** Drags over a part of a chart, given as shares of its width. */
async function zoomInto(chart: Locator, from: number, to: number): Promise<void> {
  await chart.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await chart.locator('canvas').boundingBox())!;
  const { mouse } = chart.page();
  await mouse.move(x + from * width, y + height / 2);
  await mouse.down();
  await mouse.move(x + to * width, y + height / 2, { steps: 4 });
  await mouse.up();
}

it('shows every row of a tensor that is not held, and more of them where a chart is zoomed to', async () => {
  const opened = await pages.open(await largeSource());
  const { page } = opened;
  await page.getByText('Row 123456 has variance').waitFor();
  await page.getByText('Values, γ and β and gradients are of the first (10000, 8) of (200000, 8)').waitFor();
  await page.screenshot({ path: 'test-results/screenshots/large-rows.png' });
  const variances = page.locator('normscope-chart', { hasText: 'Variance of each row' });
  const before = await pointsDrawn(variances, 200_000);
  await zoomInto(variances, 0.6, 0.62);
  await expect.poll(() => pointsDrawn(variances, 200_000)).toBeGreaterThan(before + 1000);
  await page.screenshot({ path: 'test-results/screenshots/large-rows-zoomed.png' });
  await page.getByRole('button', { name: 'Reset zoom' }).click();
  await page.getByRole('button', { name: 'Reset zoom' }).waitFor({ state: 'detached' });
});

it('shows more rows where a chart of another view is zoomed to', async () => {
  const { page } = await pages.open(await largeSource());
  await page.getByRole('tab', { name: 'Precision' }).click();
  const variances = page.locator('normscope-chart', { hasText: 'Variance of each row against ε' });
  const before = await pointsDrawn(variances, 10_000);
  await zoomInto(variances, 0.3, 0.45);
  await expect.poll(() => pointsDrawn(variances, 10_000)).toBeGreaterThan(before + 500);
  await page.screenshot({ path: 'test-results/screenshots/large-precision-zoomed.png' });
});

it('says how far the reading of all rows is, and stops it when asked to', async () => {
  const opened = await pages.open(await largeSource(new Promise(() => {})));
  const { page } = opened;
  await page.getByText('1.60 MB of 6.40 MB').waitFor();
  await page.screenshot({ path: 'test-results/screenshots/large-rows-progress.png' });
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('This was cancelled.').waitFor();
  await page.getByRole('button', { name: 'Try Again' }).waitFor();
  expect(opened.sent.filter(({ type }) => type === 'cancel')).not.toEqual([]);
});
