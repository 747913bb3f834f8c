import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openedPages, type OpenedPage, type PageOptions } from './openedPage';
import { dumpSource, literalSource } from './sources';

const preln = 'media/samples/preln.safetensors';
const pictures = 'test-results/screenshots';

const pages = openedPages();
let opened: OpenedPage;

async function open(tab: string, options: PageOptions = {}): Promise<Page> {
  opened = await pages.open(await dumpSource(preln), { height: 1200, ...options, state: { tab } });
  await opened.page.getByRole('img').first().waitFor();
  return opened.page;
}

const titles = (page: Page) => page.locator('normscope-chart h3').allInnerTexts();

describe('the distribution', () => {
  it('is of all values, of the selected row, or of the feature that is clicked', async () => {
    const page = await open('distribution');
    expect(await titles(page)).toEqual([
      'Histogram of x',
      'Histogram of x̂',
      'Mean and standard deviation (÷N) of each feature of x over the rows',
    ]);
    await page.getByText('effective rank').waitFor();
    await page.screenshot({ path: `${pictures}/view-distribution.png` });
    await page.locator('canvas').nth(2).focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Histogram of x, feature 1' }).waitFor();
    await page.screenshot({ path: `${pictures}/view-distribution-feature.png` });
  });
});

describe('the geometry', () => {
  it('holds measured norms and singular values against the closed form', async () => {
    const page = await open('geometry', { theme: 'vscode-light' });
    expect(await titles(page)).toEqual([
      'Squared length of each row of x̂',
      'Spectral norm of each row’s Jacobian, measured and rstd · max |γ|',
      'How much of the gradient each correction takes off',
      expect.stringMatching(/^Singular values of row \d+’s Jacobian/),
    ]);
    await page.getByText('at most rstd · max |γ|').waitFor();
    await page.screenshot({ path: `${pictures}/view-geometry.png` });
  });
});

describe('ε and precision', () => {
  it('are swept, and algorithms for the variance stand side by side', async () => {
    const page = await open('precision', { width: 560 });
    await page.getByText('of every row’s output').waitFor();
    await page.getByRole('rowheader', { name: 'One pass, E[x²] − E[x]²' }).waitFor();
    await page.screenshot({ path: `${pictures}/view-precision.png`, fullPage: true });
  });

  it('show the digits that a large mean costs', async () => {
    const row = Array.from({ length: 64 }, (_, i) => 40000 + (i % 4));
    opened = await pages.open(literalSource(JSON.stringify([row, row])), { state: { tab: 'precision' } });
    const onePass = opened.page.getByRole('row', { name: /^One pass/ });
    const found = Number((await onePass.getByRole('cell').nth(1).getAttribute('title'))!);
    expect(found).toBeGreaterThan(0.1);
  });
});

describe('batch against layer', () => {
  it('shows that padding moves tokens under BatchNorm alone, as far as the slider says', async () => {
    const page = await open('batch');
    const sentence = page.getByText('LayerNorm by 0 %');
    await sentence.waitFor();
    await page.screenshot({ path: `${pictures}/view-batch.png` });
    await page.getByRole('slider', { name: 'Padding of the shortest sequence' }).fill('0');
    await page.getByText('Without padding both normalize real tokens only.').waitFor();
  });
});

describe('the conventions', () => {
  it('are held against a preset, and the identified one can be taken over', async () => {
    const page = await open('conventions', { width: 1000, height: 1400 });
    await page.getByText('no other convention that was tried explains it').waitFor();
    await page.getByRole('combobox', { name: 'Shown against' }).click();
    await page.getByRole('option', { name: 'LayerNorm of The Annotated Transformer' }).click();
    await page.getByText('LayerNorm of The Annotated Transformer gives another y').waitFor();
    await page.getByRole('rowheader', { name: 'divisor of the squares' }).waitFor();
    await page.screenshot({ path: `${pictures}/view-conventions.png`, fullPage: true });
    await page.getByRole('button', { name: 'Take Over This Convention' }).click();
    await page.getByText('LayerNorm of The Annotated Transformer gives the same y').waitFor();
    expect(await opened.state()).toMatchObject({
      choices: { eps: 1e-6, epsPlace: 'outside', divisor: 'n-1' },
      view: { preset: 'annotated-transformer' },
    });
  });

  it('of libraries are chosen over the views, with ε and its place', async () => {
    const page = await open('precision', { width: 1000, height: 900 });
    const convention = page.getByRole('combobox', { name: 'Convention' });
    await convention.click();
    await page.getByRole('option', { name: 'LayerNorm of BERT' }).click();
    await page.getByRole('button', { name: 'Reset' }).waitFor();
    expect(((await opened.state()) as { choices: object }).choices).toMatchObject({ eps: 1e-12 });
    await page.screenshot({ path: `${pictures}/convention-line.png` });
    await page.getByRole('combobox', { name: 'Norm', exact: true }).click();
    await page.getByRole('option', { name: 'L2 norm' }).click();
    await convention.getByText('torch.nn.functional.normalize').waitFor();
    expect(((await opened.state()) as { choices: object }).choices).toMatchObject({
      kind: 'l2_norm',
      epsPlace: 'clamp',
    });
    await page.setViewportSize({ width: 320, height: 700 });
    await page.screenshot({ path: `${pictures}/convention-line-narrow.png` });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });

  it('fit a narrow panel', async () => {
    const page = await open('conventions', { width: 320, theme: 'vscode-light', height: 1600 });
    await page.getByText('no other convention that was tried explains it').waitFor();
    await page.screenshot({ path: `${pictures}/view-conventions-narrow.png`, fullPage: true });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });
});

describe('the gradients', () => {
  it('show their error by step size: one that stays high is a wrong gradient', async () => {
    const source = await dumpSource('test/fixtures/dumps/broken/case_08.safetensors');
    const state = { tab: 'gradients', tensor: 'blocks.3.ln2.input' };
    opened = await pages.open(source, { height: 1900, state, theme: 'vscode-light' });
    await opened.page.getByText('Along x − mean the file’s dx is off by').waitFor();
    expect(await titles(opened.page)).toContain('Error of the engine’s dx by the step of the difference');
    await opened.page.getByRole('cell', { name: /e-1\d complex step/u }).waitFor();
    await opened.page.screenshot({ path: `${pictures}/view-gradients-sweep.png`, fullPage: true });
  });
});

describe('a long table', () => {
  it('keeps its head in sight while it scrolls', async () => {
    const page = await open('conventions', { height: 320 });
    const table = page.getByRole('region', { name: /^Conventions held against y/ });
    await table.scrollIntoViewIfNeeded();
    const head = table.getByRole('columnheader', { name: 'Norm' });
    await table.evaluate((region) => region.scrollTo(0, region.scrollHeight));
    expect(await table.evaluate((region) => region.scrollTop)).toBeGreaterThan(0);
    await page.screenshot({ path: `${pictures}/table-head.png` });
    expect((await head.boundingBox())!.y).toBeCloseTo((await table.boundingBox())!.y, 0);
  });
});
