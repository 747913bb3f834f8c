import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { PageState } from '../../../src/protocol';
import type { InspectorSource } from '../../../src/report/inspector';
import { FormatError } from '../../../src/tensor/errors';
import { launchBrowser, OpenedPage, type PageOptions } from './openedPage';
import { dumpSource } from './sources';

const preln = 'media/samples/preln.safetensors';

let browser: Browser;
let opened: OpenedPage;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());
afterEach(async () => {
  expect(opened.faults).toEqual([]);
  await opened.close();
});

async function open(source: InspectorSource, options: PageOptions = {}) {
  opened = await OpenedPage.open(browser, source, options);
  await opened.page.getByRole('treeitem').first().waitFor();
  return opened.page;
}

const asked = (method: string) =>
  opened.sent.filter((message) => message.type === 'request' && message.method === method);

describe('the list', () => {
  it('offers the norms found and all tensors, and shows the first norm', async () => {
    const page = await open(await dumpSource(preln));
    await page.getByRole('treeitem', { name: '13 norms' }).waitFor();
    await page.getByRole('treeitem', { name: '113 tensors' }).waitFor();
    await page.getByRole('heading', { name: 'blocks.0.ln1.input' }).waitFor();
    expect(await page.getByRole('treeitem', { selected: true }).first().innerText()).toMatch(
      /^blocks\.0\s*\.ln1\s+LayerNorm · ε 1e-5 · γ β dy y dx dγ dβ$/,
    );
    await page.getByText('stated by the file').waitFor();
  });

  it('filters as one types, and keeps the filter', async () => {
    const page = await open(await dumpSource(preln));
    await page.getByRole('textbox', { name: 'Filter tensors' }).fill('blocks.3 weight');
    await page.getByRole('treeitem', { name: '0 norms' }).waitFor();
    expect(await page.getByRole('treeitem', { name: 'weight' }).count()).toBeGreaterThan(1);
    for (const item of await page.getByRole('treeitem', { name: 'float32' }).allInnerTexts()) {
      expect(item).toMatch(/^blocks\.3[\s\S]*weight/);
    }
    expect((await opened.state()) as PageState).toMatchObject({ filter: 'blocks.3 weight' });
  });

  it('is walked with the keys', async () => {
    const page = await open(await dumpSource(preln));
    await page.getByRole('tree').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'blocks.0.ln2.input' }).waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('treeitem', { name: '13 norms', expanded: false }).waitFor();
    await page.keyboard.press('End');
    const active = await page.getByRole('tree').getAttribute('aria-activedescendant');
    expect(await page.locator(`#${active}`).innerText()).toContain('float32');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('treeitem', { name: '13 norms', expanded: true }).waitFor();
  });

  it('draws only what is in view of 10,000 tensors', async () => {
    const dump = await dumpSource(preln);
    const listing = await dump.listing!();
    const tensors = Array.from({ length: 10_000 }, (_, i) => ({ ...listing.tensors[0], name: `layer.${i}.weight` }));
    const page = await open({ ...dump, listing: async () => ({ ...listing, tensors, cases: [] }) });
    expect(await page.getByRole('treeitem').count()).toBeLessThan(40);
    await page.getByRole('tree').focus();
    await page.keyboard.press('End');
    await page.getByRole('treeitem', { name: 'layer.9999.weight' }).waitFor();
    expect(await page.getByRole('treeitem').count()).toBeLessThan(40);
  });

  it('stands folded above the inspector where the page is narrow', async () => {
    const page = await open(await dumpSource(preln), { width: 1100 });
    await page.setViewportSize({ width: 420, height: 800 });
    await page.getByRole('tree').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'preln.safetensors', expanded: false }).click();
    await page.getByRole('treeitem', { name: 'blocks.1.ln1' }).first().click();
    await page.getByRole('heading', { name: 'blocks.1.ln1.input' }).waitFor();
    await page.getByRole('button', { name: 'preln.safetensors', expanded: false }).waitFor();
  });

  it('stays when a tensor cannot be read, which is said', async () => {
    const dump = await dumpSource(preln);
    const page = await open({
      ...dump,
      load: async (tensor, signal) => {
        if (tensor === 'blocks.0.ln2.input') {
          throw new FormatError('safetensors', '“blocks.0.ln2.input” ends after the file', 512);
        }
        return dump.load(tensor, signal);
      },
    });
    await page.getByRole('treeitem', { name: 'blocks.0.ln2' }).first().click();
    await page.getByRole('alert').getByText('ends after the file (byte 512)').waitFor();
    await page.getByRole('treeitem', { name: 'blocks.0.ln1' }).first().click();
    await page.getByRole('heading', { name: 'blocks.0.ln1.input' }).waitFor();
  });
});

describe('the value table', () => {
  it('shows the values in view, rows named by their indices', async () => {
    const page = await open(await dumpSource(preln));
    const first = page.getByRole('row', { name: /^0, 0 -0.02585 -0.03659/ });
    await first.waitFor();
    expect(await first.getByRole('gridcell').first().getAttribute('title')).toMatch(/^-0\.0258\d{10,}$/);
    expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe('11');
  });

  it('highlights the row of the point that was clicked', async () => {
    const page = await open(await dumpSource(preln));
    const chart = page.locator('canvas').first();
    await chart.focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.getByRole('row', { selected: true }).getByRole('rowheader', { name: '1, 4' }).waitFor();
  });

  it('scrolls to values that were never asked for before', async () => {
    const page = await open(await dumpSource(preln));
    await page.getByRole('grid').focus();
    await page.keyboard.press('Control+End');
    await page.getByRole('gridcell', { name: /\d/ }).and(page.locator('#active')).waitFor();
    expect(await page.locator('#active').getAttribute('aria-colindex')).toBe('129');
    const columns = asked('values').map((message) => (message as { params: { endColumn: number } }).params.endColumn);
    expect(Math.max(...columns)).toBe(128);
    expect(Math.min(...columns)).toBe(32);
  });

  it('copies the value in full', async () => {
    const page = await open(await dumpSource(preln));
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const cell = page
      .getByRole('row', { name: /^0, 0 / })
      .getByRole('gridcell')
      .nth(1);
    await cell.click();
    await page.keyboard.press('Control+c');
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(await cell.getAttribute('title'));
    expect(copied).toMatch(/^-0\.0365\d{10,}$/);
  });

  it('shows 64-bit integers in full', async () => {
    const page = await open(await dumpSource(preln), { state: { tensor: 'tokens' } });
    await page.getByRole('heading', { name: 'tokens' }).waitFor();
    expect(await page.getByRole('gridcell', { name: /^\d+$/ }).count()).toBe(10);
  });
});

describe('a reload', () => {
  it('brings tensor, view, choices, filter and row back', async () => {
    const state: PageState = {
      tensor: 'blocks.3.ln2.input',
      tab: 'affine',
      choices: { kind: 'rms_norm', eps: 1e-3 },
      after: 'output',
      affine: true,
      weightScale: 1.5,
      biasShift: 0,
      row: 4,
      view: { scope: 'feature', feature: 3, padding: 0.25 },
      filter: 'ln2',
    };
    const page = await open(await dumpSource(preln), { state });
    await page.getByRole('heading', { name: 'blocks.3.ln2.input' }).waitFor();
    await page.getByRole('tab', { name: 'γ / β', selected: true }).waitFor();
    expect(await page.getByRole('textbox', { name: 'Epsilon' }).inputValue()).toBe('0.001');
    expect(await page.getByRole('textbox', { name: 'Filter tensors' }).inputValue()).toBe('ln2');
    expect(await page.getByRole('slider', { name: 'Scale γ by' }).inputValue()).toBe('1.5');
    await page.getByRole('tab', { name: 'Rows' }).click();
    await page.getByRole('row', { selected: true }).getByRole('rowheader', { name: '0, 4' }).waitFor();
    expect(await opened.state()).toMatchObject({ ...state, tab: 'rows' });
  });
});

describe('waiting', () => {
  it('dims what is old, says what it waits for, and can be stopped', async () => {
    const page = await open(await dumpSource(preln));
    await page.getByRole('img', { name: 'Mean of each row' }).waitFor();
    opened.delay = 10_000;
    await page.getByRole('treeitem', { name: 'blocks.1.ln1' }).first().click();
    await page.getByRole('status').getByText('Reading blocks.1.ln1.input …').waitFor();
    const dimmed = page.locator('normscope-inspector');
    expect(Number(await dimmed.evaluate((element) => getComputedStyle(element).opacity))).toBeLessThan(1);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('status').waitFor({ state: 'detached' });
    await page.getByRole('heading', { name: 'blocks.0.ln1.input' }).waitFor();
    expect(opened.sent.at(-1)!.type).toBe('cancel');
  });
});
