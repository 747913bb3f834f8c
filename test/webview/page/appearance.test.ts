import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openedPages, type OpenedPage, type PageOptions } from './openedPage';
import { countPixels } from './pixels';
import { dumpSource, literalSource } from './sources';
import { tabNames } from '../../../webview/words';
import { themes, type Theme } from './themes';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const pages = openedPages();
let opened: OpenedPage;

async function open(options: PageOptions): Promise<Page> {
  opened = await pages.open(await dumpSource('media/samples/preln.safetensors'), options);
  await opened.page.getByRole('img').first().waitFor();
  return opened.page;
}

/** The state that shows a view of a tensor, or of the whole dump. */
function stateOf(view: string): object {
  return Object.hasOwn(tabNames, view) ? { tab: view } : { tab: 'rows', overview: view };
}

/** What axe finds wrong with the page: rule and element. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations } = await (window as any).axe.run();
    return violations.flatMap(({ id, nodes }: any) =>
      nodes.map(({ target }: any) => `${id}: ${target.flat().join(' ')}`),
    );
  });
}

describe('every reader', () => {
  it.each<[string, Theme, number]>([
    ['rows', 'vscode-dark', 1100],
    ['affine', 'vscode-high-contrast', 1100],
    ['gradients', 'vscode-light', 1100],
    ['rows', 'vscode-light', 420],
    ['distribution', 'vscode-light', 1100],
    ['geometry', 'vscode-dark', 1100],
    ['precision', 'vscode-high-contrast', 1100],
    ['batch', 'vscode-light', 420],
    ['conventions', 'vscode-dark', 1100],
    ['depth', 'vscode-light', 1100],
    ['simulation', 'vscode-high-contrast', 420],
  ])('can use the view %s in %s at %i pixels', async (view, theme, width) => {
    const page = await open({ theme, width, state: { ...stateOf(view), row: 3 } });
    expect(await violations(page)).toEqual([]);
  });

  it.each<Theme>(['vscode-dark', 'vscode-light', 'vscode-high-contrast'])(
    'can read what is wrong in %s',
    async (theme) => {
      opened = await pages.open(literalSource('[[1, NaN, 3], [2, 2, 2], [1, -Infinity, 4]]'), { theme });
      await opened.page.getByText('Rows that stand out').waitFor();
      expect(await violations(opened.page)).toEqual([]);
    },
  );

  it('can read what is wrong with a dump', async () => {
    const source = await dumpSource('test/fixtures/dumps/broken/case_11.safetensors');
    opened = await pages.open(source, { theme: 'vscode-high-contrast', state: stateOf('findings') });
    await opened.page.getByText('Look at the operation').waitFor();
    expect(await violations(opened.page)).toEqual([]);
  });

  it('can use it where the system forces its own colours', async () => {
    const page = await open({ theme: 'vscode-high-contrast', forcedColors: 'active' });
    const canvas = page.locator('canvas').first();
    expect(await countPixels(canvas, themes['vscode-high-contrast']['charts-blue'])).toBe(0);
    expect(await canvas.evaluate((element: HTMLCanvasElement) => element.toDataURL().length)).toBeGreaterThan(1000);
  });
});

it('follows the editor to another theme, charts included', async () => {
  const page = await open({ theme: 'vscode-dark' });
  const canvas = page.locator('canvas').first();
  const counts = async () => ({
    dark: await countPixels(canvas, themes['vscode-dark']['charts-blue']),
    light: await countPixels(canvas, themes['vscode-light']['charts-blue']),
  });
  expect(await counts()).toEqual({ dark: expect.any(Number), light: 0 });
  await opened.turnTo('vscode-light');
  await expect.poll(async () => (await counts()).light).toBeGreaterThan(20);
  expect((await counts()).dark).toBe(0);
});

it.each(Object.keys(tabNames))('fits the view %s into a narrow panel, tabs as a dropdown', async (tab) => {
  const page = await open({ width: 320, state: { tab } });
  expect(await page.getByRole('tab').count()).toBe(0);
  await page.getByRole('combobox', { name: 'View' }).waitFor();
  const overflow = await page.locator('main').evaluate((main) => main.scrollWidth - main.clientWidth);
  expect(overflow).toBe(0);
});

it.each(['rows', 'gradients', 'geometry', 'depth'])('shrinks %s with the panel, pictures and all', async (shown) => {
  const page = await open({ state: stateOf(shown) });
  await page.setViewportSize({ width: 380, height: 900 });
  await expect.poll(() => page.locator('main').evaluate((main) => main.scrollWidth - main.clientWidth)).toBe(0);
  const charts = await page.locator('normscope-chart').evaluateAll((all) => all.map((one) => one.clientWidth));
  expect(Math.max(...charts)).toBeLessThan(380);
});

it.each(['gradients', 'distribution', 'depth'])(
  'has room for the tables of %s beside the list of a dump',
  async (shown) => {
    const page = await open({ state: stateOf(shown) });
    const tables = page.locator('.scroller[role=region]');
    await tables.first().waitFor();
    expect(await tables.evaluateAll((all) => all.map((one) => one.scrollWidth - one.clientWidth))).toEqual(
      await tables.evaluateAll((all) => all.map(() => 0)),
    );
  },
);

it('draws as sharply as the screen is', async () => {
  const page = await open({});
  const canvas = page.locator('canvas').first();
  const ratio = await canvas.evaluate((element: HTMLCanvasElement) => element.width / element.clientWidth);
  expect(ratio).toBeCloseTo(await page.evaluate(() => devicePixelRatio), 1);
});
