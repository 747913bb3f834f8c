import { cpus, loadavg } from 'node:os';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { openedPages } from './openedPage';
import { dumpSource } from './sources';

/** The longest that 95 of 100 frames may keep the page busy while its list is scrolled, in milliseconds. */
const limit = 50;

/** Programs per processor that want to run from which on the time says more of the others than of the list. */
const crowd = 1;

const frames = 120;

const pages = openedPages();

it(`takes less than ${limit} ms of a frame to scroll the tree of 10,000 tensors`, async ({ skip }) => {
  const dump = await dumpSource('media/samples/preln.safetensors');
  const listing = await dump.listing();
  const tensors = Array.from({ length: 10_000 }, (_, i) => ({
    ...listing.tensors[0],
    name: `layers.${Math.floor(i / 10)}.part${i % 10}.weight`,
  }));
  const folders = Array.from({ length: 1000 }, (_, layer) => `tensor:layers.${layer}`);
  const opened = await pages.open(
    { ...dump, listing: async () => ({ ...listing, tensors, cases: [], scanAtOnce: false }) },
    { state: { tensor: tensors[0].name, toggled: ['tensor:layers', ...folders] } },
  );
  const { page } = opened;
  const list = page.getByRole('treegrid');
  await list.getByRole('row', { name: 'part0.weight' }).first().waitFor();
  expect(Number(await list.getAttribute('aria-rowcount'))).toBeGreaterThan(11_000);
  const work = (await scrollThrough(page)).toSorted((a, b) => a - b);
  await list.getByRole('row', { name: 'part9.weight' }).last().waitFor();
  expect(await list.getByRole('row').count()).toBeLessThan(60);
  const median = work[Math.floor(0.5 * work.length)];
  const p95 = work[Math.floor(0.95 * work.length)];
  console.log(`scrolling 10,000 tensors: ${median.toFixed(1)} ms of a frame, p95 ${p95.toFixed(1)} ms`);
  const [waiting] = loadavg();
  skip(waiting > crowd * cpus().length, `${waiting.toFixed(1)} programs want ${cpus().length} processors`);
  expect(p95).toBeLessThan(limit);
});

/**
 * Scrolls the list from its start to its end in equal steps, one a frame.
 *
 * @returns of each frame the milliseconds from its first callback until it was laid out: a scroll's events come before the
 *   callbacks of the frame after it, so that each step asks for the events itself
 */
async function scrollThrough(page: Page): Promise<number[]> {
  return page.getByRole('treegrid').evaluate(async (scroller, steps) => {
    const times: number[] = [];
    for (let step = 1; step <= steps; step++) {
      await new Promise<number>(requestAnimationFrame);
      const start = performance.now();
      scroller.scrollTop = (step / steps) * (scroller.scrollHeight - scroller.clientHeight);
      scroller.dispatchEvent(new Event('scroll'));
      // What the event asks for is drawn once the list is complete, and laid out when the page is asked for a height.
      await (scroller.getRootNode() as ShadowRoot & { host: { updateComplete: Promise<unknown> } }).host.updateComplete;
      void scroller.scrollHeight;
      times.push(performance.now() - start);
    }
    return times;
  }, frames);
}
