import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { PageState } from '../../../src/protocol';
import type { InspectorSource } from '../../../src/report/inspector';
import { writeNpz } from '../../../src/formats/writeNpz';
import { FormatError } from '../../../src/tensor/errors';
import { openedPages, type OpenedPage, type PageOptions } from './openedPage';
import { bytesSource, dumpSource } from './sources';

const preln = 'media/samples/preln.safetensors';

const pages = openedPages();
let opened: OpenedPage;

async function open(source: InspectorSource, options: PageOptions = {}) {
  opened = await pages.open(source, options);
  await listOf(opened.page).getByRole('row').nth(1).waitFor();
  return opened.page;
}

const listOf = (page: Page) => page.getByRole('treegrid');
/** The names in view, in their order. */
const namesIn = (page: Page) =>
  listOf(page)
    .locator('.lines .name')
    .evaluateAll((cells) => cells.map((cell) => cell.getAttribute('aria-label')));
/** The first line of the list with such a name. */
const line = (page: Page, name: string | RegExp) => listOf(page).getByRole('row', { name }).first();

const asked = (method: string) =>
  opened.sent.filter((message) => message.type === 'request' && message.method === method);

describe('the list', () => {
  it('offers the norms found and all tensors, and shows the first norm', async () => {
    const page = await open(await dumpSource(preln));
    await line(page, '13 norms LayerNorm · ε 1e-5 · γ β dy y dx dγ dβ').waitFor();
    await line(page, '113 tensors').waitFor();
    await page.getByRole('heading', { name: 'blocks.0.ln1.input' }).waitFor();
    await line(page, 'blocks.0.ln1 (2, 5, 128)').and(page.locator('.selected')).waitFor();
    await page.getByRole('combobox', { name: 'Convention' }).getByText('stated by the file').waitFor();
  });

  it('filters as one types, and keeps the filter', async () => {
    const page = await open(await dumpSource(preln));
    await page.getByRole('textbox', { name: 'Filter tensors' }).fill('blocks.3 weight');
    await line(page, '0 norms').waitFor();
    const lines = await namesIn(page);
    expect(lines.slice(0, 3)).toEqual(['0 norms', expect.stringMatching(/^\d+ tensors?$/), 'blocks.3']);
    expect(lines.filter((label) => label === 'weight').length).toBeGreaterThan(1);
    expect(lines).not.toContain('input');
    expect((await opened.state()) as PageState).toMatchObject({ filter: 'blocks.3 weight' });
  });

  it('is walked with the keys', async () => {
    const page = await open(await dumpSource(preln));
    const active = async () =>
      page.locator(`#${await listOf(page).getAttribute('aria-activedescendant')} .name`).getAttribute('aria-label');
    await listOf(page).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'blocks.0.ln2.input' }).waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await listOf(page).getByRole('row', { name: '13 norms', expanded: false }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await active()).toBe('tokens');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await active()).toBe('blocks');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await active()).toBe('0');
    await page.keyboard.press('ArrowRight');
    await listOf(page).getByRole('row', { name: '0', expanded: true }).waitFor();
    await page.keyboard.press('End');
    expect(await active()).toBe('loss');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await listOf(page).getByRole('row', { name: '13 norms', expanded: true }).waitFor();
  });

  it('unfolds what hides the tensor that is shown, and remembers what is unfolded', async () => {
    const page = await open(await dumpSource(preln), { state: { tensor: 'blocks.2.ln1.weight' } });
    await page.getByRole('heading', { name: 'blocks.2.ln1.weight' }).waitFor();
    await listOf(page).getByRole('row', { name: 'weight', selected: true }).and(page.locator('.active')).waitFor();
    expect(await opened.state()).toMatchObject({
      toggled: ['tensor:blocks', 'tensor:blocks.2', 'tensor:blocks.2.ln1'],
    });
  });

  it('draws only what is in view of 10,000 tensors', async () => {
    const dump = await dumpSource(preln);
    const listing = await dump.listing();
    const tensors = Array.from({ length: 10_000 }, (_, i) => ({ ...listing.tensors[0], name: `layer.${i}.weight` }));
    const page = await open({ ...dump, listing: async () => ({ ...listing, tensors, cases: [] }) });
    await listOf(page).focus();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowRight');
    await line(page, '0.weight').waitFor();
    await page.keyboard.press('End');
    await line(page, '9999.weight').waitFor();
    expect(await listOf(page).getByRole('row').count()).toBeLessThan(50);
  });

  it('stands folded above the inspector where the page is narrow', async () => {
    const page = await open(await dumpSource(preln), { width: 1100 });
    await page.setViewportSize({ width: 420, height: 800 });
    await listOf(page).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'preln.safetensors', expanded: false }).click();
    await line(page, 'blocks.1.ln1').click();
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
    await line(page, 'blocks.0.ln2').click();
    await page.getByRole('alert').getByText('ends after the file (byte 512)').waitFor();
    await line(page, 'blocks.0.ln1').click();
    await page.getByRole('heading', { name: 'blocks.0.ln1.input' }).waitFor();
  });
});

describe('the statistics in the list', () => {
  const widen = (page: Page, width: number) =>
    page.locator('vscode-split-layout').evaluate((layout, position) => {
      (layout as HTMLElement & { handlePosition: string }).handlePosition = `${position}px`;
    }, width);
  const titles = (page: Page) => listOf(page).getByRole('columnheader').allInnerTexts();

  it('come by themselves; the more room there is, the more are shown', async () => {
    const page = await open(await dumpSource(preln), { width: 1200 });
    await listOf(page).getByRole('row', { name: 'tokens (2, 5) 69' }).waitFor();
    expect(await titles(page)).toEqual(['Name', 'Shape', 'Max |x|']);
    await widen(page, 240);
    await expect.poll(() => titles(page)).toEqual(['Name']);
    await widen(page, 800);
    await listOf(page).getByRole('row', { name: 'tokens (2, 5) int64 80 B 45.7 54.54 69' }).waitFor();
    expect(await titles(page)).toEqual(['Name', 'Shape', 'Type', 'Size', 'Mean', 'RMS', 'Max |x|', 'NaN/Inf']);
  });

  it('mark NaN and Inf in colour and word, also of what is folded', async () => {
    const page = await open(await dumpSource('test/fixtures/dumps/broken/case_14.safetensors'));
    await listOf(page).getByRole('columnheader', { name: 'NaN/Inf' }).waitFor();
    const marked = line(page, /^blocks /).getByRole('gridcell', { name: /NaN\/Inf/ });
    await marked.waitFor();
    expect(await marked.evaluate((cell) => getComputedStyle(cell).color)).toBe('rgb(214, 112, 214)');
    await page.getByRole('textbox', { name: 'Filter tensors' }).fill('blocks.2.resid_post');
    await line(page, /blocks\.2\.resid_post.* 2 Inf$/).waitFor();
  });

  it('sort the list, the largest first', async () => {
    const page = await open(await dumpSource(preln));
    await listOf(page).getByRole('button', { name: 'Max |x|' }).click();
    await listOf(page)
      .getByRole('columnheader', { name: 'Max |x|' })
      .and(page.locator('[aria-sort=descending]'))
      .waitFor();
    await expect.poll(async () => (await namesIn(page)).slice(15, 17)).toEqual(['tokens', 'blocks.1.resid_post']);
    await listOf(page).getByRole('button', { name: 'Max |x|' }).click();
    await expect.poll(async () => (await namesIn(page)).at(15)).not.toBe('tokens');
    await listOf(page).getByRole('button', { name: 'Max |x|' }).click();
    await expect.poll(async () => (await namesIn(page)).slice(15, 18)).toEqual(['tokens', 'embed.output', 'blocks']);
  });

  it('are computed on request where the dump is large, and can be stopped and gone on with', async () => {
    const page = await open(await dumpSource(preln, 1000));
    opened.delay = 10_000;
    await page.getByRole('button', { name: 'Compute Statistics' }).click();
    await page.getByText('Reading …').waitFor();
    await page.locator('normscope-scan-line').getByRole('button', { name: 'Cancel' }).click();
    opened.delay = 0;
    await page.getByRole('button', { name: 'Compute Statistics' }).click();
    await listOf(page).getByRole('row', { name: 'tokens (2, 5) 69' }).waitFor();
    await page.locator('normscope-scan-line').getByRole('button').waitFor({ state: 'detached' });
  });
});

describe('the value table', () => {
  it('shows the values in view, rows named by their indices', async () => {
    const page = await open(await dumpSource(preln));
    const first = page.getByRole('grid').getByRole('row', { name: /^0, 0 -0.02585 -0.03659/ });
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
    await page
      .getByRole('grid')
      .getByRole('row', { selected: true })
      .getByRole('rowheader', { name: '1, 4' })
      .waitFor();
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
      .getByRole('grid')
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
    const page = await open(await dumpSource(preln), { state: { tensor: 'tokens' }, width: 1400 });
    await page.getByRole('heading', { name: 'tokens' }).waitFor();
    expect(await page.getByRole('grid').getByRole('gridcell', { name: /^\d+$/ }).count()).toBe(10);
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
      dump: { simulation: { blocks: 12, init: 'xavier' } },
      filter: 'ln2',
      toggled: [],
    };
    const page = await open(await dumpSource(preln), { state });
    await page.getByRole('heading', { name: 'blocks.3.ln2.input' }).waitFor();
    await page.getByRole('tab', { name: 'γ / β', selected: true }).waitFor();
    expect(await page.getByRole('textbox', { name: 'Epsilon' }).inputValue()).toBe('0.001');
    expect(await page.getByRole('textbox', { name: 'Filter tensors' }).inputValue()).toBe('ln2');
    expect(await page.getByRole('slider', { name: 'Scale γ by' }).inputValue()).toBe('1.5');
    await page.getByRole('tab', { name: 'Rows' }).click();
    await page
      .getByRole('grid')
      .getByRole('row', { selected: true })
      .getByRole('rowheader', { name: '0, 4' })
      .waitFor();
    expect(await opened.state()).toMatchObject({ ...state, tab: 'rows' });
  });
});

describe('waiting', () => {
  it('dims what is old, says what it waits for, and can be stopped', async () => {
    const page = await open(await dumpSource(preln));
    await page.getByRole('img', { name: 'Mean of each row' }).waitFor();
    opened.delay = 10_000;
    await line(page, 'blocks.1.ln1').click();
    await page.getByRole('status').getByText('Reading blocks.1.ln1.input …').waitFor();
    const dimmed = page.locator('normscope-inspector');
    expect(Number(await dimmed.evaluate((element) => getComputedStyle(element).opacity))).toBeLessThan(1);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('status').waitFor({ state: 'detached' });
    await page.getByRole('heading', { name: 'blocks.0.ln1.input' }).waitFor();
    expect(opened.sent.at(-1).type).toBe('cancel');
  });
});

describe('what no ε belongs to', () => {
  const tensor = (name: string, shape: number[], of: (i: number) => number) => ({
    name,
    dtype: 'float64' as const,
    shape,
    values: Float64Array.from({ length: shape.reduce((count, length) => count * length, 1) }, (_, i) => of(i)),
  });

  it('is a single number: it has the shape that the list says, and nothing stands out in it', async () => {
    const page = await open(await bytesSource('run.npz', await writeNpz([tensor('loss', [], () => 0.4)])));
    await line(page, /^loss \(\)/).waitFor();
    await page.locator('normscope-subject-header').getByText('float64 ()').waitFor();
    expect(await page.getByText('dominated by').count()).toBe(0);
    expect(await page.getByRole('heading', { name: 'Rows that stand out' }).count()).toBe(0);
    await page.screenshot({ path: 'test-results/screenshots/dump-loss.png' });
  });

  it('is DyT, which divides by nothing', async () => {
    const dyt = [
      tensor('dyt.input', [4, 8], (i) => Math.sin(1.7 * i)),
      tensor('dyt.alpha', [], () => 0.7),
      tensor('dyt.weight', [8], (i) => 1 + 0.1 * i),
    ];
    const page = await open(await bytesSource('dyt.npz', await writeNpz(dyt)));
    await line(page, '1 norm DyT? · γ α').waitFor();
    await page.getByRole('combobox', { name: 'Norm' }).getByText('DyT').waitFor();
    expect(await page.getByRole('textbox', { name: 'Epsilon' }).count()).toBe(0);
  });
});
