import { describe, expect, it } from 'vitest';
import type { PageState, Params } from '../../../src/protocol';
import type { InspectorSource } from '../../../src/report/inspector';
import { ShapeError } from '../../../src/tensor/errors';
import { openedPages, type OpenedPage, type PageOptions } from './openedPage';
import { countPixels } from './pixels';
import { EditedText, literalSource, type Revealed } from './sources';
import { themes } from './themes';

const scores = '[[20, 50, 60, 80, 90], [3, 3, 3, 3, 3], [1, 2, NaN, 4, 5]]';
const whole = `{
  "x": [[1, 2, 4], [3, 5, 10]], "weight": [1, 2, 0.5], "bias": [0, 1, -1], "eps": 1e-5,
  "grad_output": [[1, 0, -1], [0.5, 2, 1]], "grad_input": [[9, 9, 9], [9, 9, 9]]
}`;

const pages = openedPages();
let opened: OpenedPage;

async function open(source: InspectorSource, options: PageOptions = {}) {
  opened = await pages.open(source, options);
  return opened.page;
}

const lastAsked = <M extends 'rows' | 'features' | 'gradients'>(method: M) =>
  opened.sent.findLast((message) => message.type === 'request' && message.method === method) as unknown as {
    params: Params<M>;
  };

describe('rows', () => {
  it('shows the headline numbers, what stands out, and mean and variance before and after', async () => {
    const page = await open(literalSource(scores));
    await page.getByRole('button', { name: '1 row holds NaN' }).waitFor();
    await page.getByRole('button', { name: '1 row is constant' }).waitFor();
    const stats = await page.locator('normscope-stats dl').innerText();
    expect(stats.replace(/\s+/g, ' ')).toMatch(/^min 1 max 90 mean 23.36 .*zeros 0 NaN 1 Inf 0$/);
    const label = await page.getByRole('img', { name: 'Mean of each row' }).getAttribute('aria-label');
    expect(label).toContain('before (x): from 3 to 60, 1 not finite');
    await page.getByText('Row 1 is constant (3)').waitFor();
    // The row with NaN is an error, and has a cross instead of a mark.
    const legend = page.locator('normscope-chart', { hasText: 'Mean of each row' }).getByRole('listitem');
    expect((await legend.allInnerTexts()).map((entry) => entry.trim())).toEqual([
      'before (x)',
      'after (x̂)',
      'stands out, a warning',
      'NaN',
    ]);
  });

  it('draws every row, the one with NaN as a magenta cross', async () => {
    const page = await open(literalSource(scores));
    const chart = page.locator('canvas').first();
    await chart.waitFor();
    expect(await countPixels(chart, themes['vscode-dark']['charts-blue'])).toBeGreaterThan(20);
    expect(await countPixels(chart, themes['vscode-dark']['terminal-ansiBrightMagenta'])).toBeGreaterThan(10);
  });

  it('selects a row in the text and in the table on a click on its point', async () => {
    const revealed: Revealed = [];
    const page = await open(literalSource(scores, revealed));
    const chart = page.locator('canvas').first();
    const box = (await chart.boundingBox())!;
    await page.mouse.click(box.x + box.width * 0.18, box.y + 40);
    await page.getByRole('row', { selected: true }).getByText('20').waitFor();
    expect(revealed).toEqual([[0, 1]]);
    expect((await opened.state()) as PageState).toMatchObject({ row: 0 });
  });

  it('selects a number in the text on a click on its cell, and the row on one on its name', async () => {
    const revealed: Revealed = [];
    const page = await open(literalSource(scores, revealed));
    const table = page.getByRole('grid', { name: 'Values of' });
    await table.getByRole('gridcell', { name: '60', exact: true }).click();
    await expect.poll(() => revealed).toEqual([[0, 2]]);
    expect((await opened.state()) as PageState).toMatchObject({ row: 0 });
    await table.getByRole('rowheader', { name: '1', exact: true }).click();
    await expect
      .poll(() => revealed)
      .toEqual([
        [0, 2],
        [1, 2],
      ]);
  });

  it('reads the points with the arrow keys and selects with Enter', async () => {
    const revealed: Revealed = [];
    const page = await open(literalSource(scores, revealed));
    const chart = page.locator('normscope-chart').first();
    await chart.locator('canvas').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await chart.locator('[aria-live]').innerText()).toBe('Row 1: before (x) 3, after (x̂) 0');
    expect(await chart.locator('.reading').innerText()).toContain('Row 1');
    await page.keyboard.press('End');
    expect(await chart.locator('[aria-live]').innerText()).toBe('Row 2: before (x) NaN, after (x̂) NaN');
    await page.keyboard.press('Enter');
    await page.getByRole('row', { selected: true }).getByText('NaN').waitFor();
    expect(revealed).toEqual([[2, 3]]);
  });

  it('follows the cursor in the text, without moving it', async () => {
    const revealed: Revealed = [];
    const page = await open(literalSource(scores, revealed));
    await page.getByRole('row').nth(3).waitFor();
    await opened.post({ type: 'row', row: 1 });
    await page.getByRole('row', { selected: true }).getByRole('rowheader', { name: '1' }).waitFor();
    expect(revealed).toEqual([]);
  });

  it('goes from a finding to its row', async () => {
    const page = await open(literalSource(scores), { state: { tab: 'affine' } });
    await page.getByRole('button', { name: '1 row is constant' }).click();
    await page.getByRole('tab', { name: 'Rows', selected: true }).waitFor();
    await page.getByRole('row', { selected: true }).getByRole('rowheader', { name: '1' }).waitFor();
  });

  it('takes y for "after" where γ and β came along', async () => {
    const page = await open(literalSource(whole));
    await page.getByText('y = γ x̂ + β').click();
    await page.getByRole('img', { name: 'after (y)' }).first().waitFor();
    expect(lastAsked('rows').params.after).toBe('output');
  });

  it('zooms by dragging and back with Escape', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `[${i}, 0, ${i * i}]`).join(', ');
    const page = await open(literalSource(`[${rows}]`));
    const chart = page.locator('canvas').first();
    const box = (await chart.boundingBox())!;
    await page.mouse.move(box.x + 100, box.y + 50);
    await page.mouse.down();
    await page.mouse.move(box.x + 200, box.y + 60, { steps: 5 });
    await page.mouse.up();
    await page.getByRole('button', { name: 'Reset zoom' }).waitFor();
    await chart.focus();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Reset zoom' }).waitFor({ state: 'detached' });
    expect(opened.sent.some((message) => message.type === 'request' && message.method === 'revealRow')).toBe(false);
  });
});

describe('the convention', () => {
  it('changes the kind, and goes back to the subject’s own', async () => {
    const page = await open(literalSource(whole));
    await page.getByRole('combobox', { name: 'Convention' }).getByText('ε stated beside the array').waitFor();
    await page.getByRole('combobox', { name: 'Norm', exact: true }).click();
    await page.getByRole('option', { name: 'RMSNorm' }).click();
    await page.getByRole('button', { name: 'Reset' }).waitFor();
    expect(lastAsked('rows').params.spec).toMatchObject({ kind: 'rms_norm', eps: 1e-5 });
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.getByRole('combobox', { name: 'Convention' }).getByText('ε stated beside the array').waitFor();
    expect(lastAsked('rows').params.spec.kind).toBe('layer_norm');
  });

  it('takes ε in every usual spelling, and says when it is none', async () => {
    const page = await open(literalSource(scores));
    const eps = page.getByRole('textbox', { name: 'Epsilon' });
    await eps.fill('1E-03');
    await eps.press('Enter');
    await page.getByRole('button', { name: 'Reset' }).waitFor();
    expect(lastAsked('rows').params.spec.eps).toBe(1e-3);
    await eps.fill('small');
    await eps.press('Enter');
    await page.getByRole('alert').getByText('“small” is no ε').waitFor();
    expect(lastAsked('rows').params.spec.eps).toBe(1e-3);
    await eps.fill('0');
    await page.getByRole('alert').waitFor({ state: 'detached' });
  });

  it('offers the axes that can be normalized together, and every other one alone', async () => {
    const page = await open(literalSource('[[[1, 2], [3, 4]], [[5, 6], [7, 9]]]'));
    await page.getByRole('combobox', { name: 'Normalized axes' }).click();
    expect(await page.getByRole('option').allInnerTexts()).toEqual([
      'over (2)',
      'over (2, 2)',
      'over (2, 2, 2)',
      'along axis 0, (2)',
      'along axis 1, (2)',
    ]);
    await page.getByRole('option', { name: 'over (2, 2)', exact: true }).click();
    await page.getByRole('img', { name: '2 points' }).first().waitFor();
  });

  it('says why a convention does not fit, and lets the person choose another', async () => {
    const page = await open(literalSource('{"x": [[[1, 2], [3, 4]], [[5, 6], [7, 9]]], "weight": [1, 2]}'));
    await page.getByRole('combobox', { name: 'Normalized axes' }).click();
    await page.getByRole('option', { name: 'over (2, 2)', exact: true }).click();
    await page.getByRole('alert').waitFor();
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.getByRole('img', { name: 'Mean of each row' }).waitFor();
  });
});

describe('γ / β', () => {
  it('redraws while γ is scaled and β is shifted, and takes both back', async () => {
    const page = await open(literalSource(whole), { state: { tab: 'affine' } });
    await page.getByRole('slider', { name: 'Scale γ by' }).fill('2');
    await page.getByRole('slider', { name: 'Shift β by' }).fill('-1');
    await page.getByRole('img', { name: 'γ: from 1 to 4; β: from -2 to 0.' }).waitFor();
    expect((await opened.state()) as PageState).toMatchObject({ weightScale: 2, biasShift: -1 });
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.getByRole('img', { name: 'γ: from 0.5 to 2; β: from -1 to 1.' }).waitFor();
  });

  it('leaves γ and β out', async () => {
    const page = await open(literalSource(whole), { state: { tab: 'affine' } });
    await page.getByText('No affine').click();
    await page.getByRole('img', { name: 'γ: from 1 to 1; β: from 0 to 0.' }).waitFor();
    expect(await page.getByRole('slider', { name: 'Scale γ by' }).isDisabled()).toBe(true);
  });

  it('says what did not come along', async () => {
    const page = await open(literalSource('[[1, 2, 4], [3, 5, 10]]'), { state: { tab: 'affine' } });
    await page.getByText('No γ and β came along: γ is taken as 1, β is taken as 0.').waitFor();
  });
});

it('keeps the zoom while γ is scaled, and gives it up with Escape', async () => {
  const features = Array.from({ length: 100 }, (_, i) => i);
  const row = (f: (i: number) => number) => `[${features.map(f).join(', ')}]`;
  const text = `{"x": [${row((i) => i)}, ${row((i) => i * i)}], "weight": ${row(() => 1)}}`;
  const page = await open(literalSource(text), { state: { tab: 'affine' } });
  const chart = page.locator('normscope-chart').first();
  const box = (await chart.locator('canvas').boundingBox())!;
  const firstInView = async () => {
    await page.mouse.move(box.x + 45, box.y + 80);
    const title = await chart.locator('.reading > div').first().innerText();
    return Number(/\d+/.exec(title)![0]);
  };
  expect(await firstInView()).toBe(0);
  await page.mouse.move(box.x + box.width * 0.5, box.y + 50);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.75, box.y + 60, { steps: 5 });
  await page.mouse.up();
  await page.getByRole('slider', { name: 'Scale γ by' }).fill('2');
  await page.getByRole('img', { name: 'γ: from 2 to 2' }).waitFor();
  expect(await firstInView()).toBeGreaterThan(30);
  await chart.locator('canvas').focus();
  await page.keyboard.press('Escape');
  expect(await firstInView()).toBe(0);
});

describe('gradients', () => {
  it('gives the verdict with its criterion, the assumptions and the worst elements', async () => {
    const page = await open(literalSource('[[1, 2, 4], [3, 5, 10]]'), { state: { tab: 'gradients' } });
    await page
      .getByRole('heading', { name: /^The gradients are right: the largest error is .* \(limit 1e-7\)/ })
      .waitFor();
    await page.getByText('No dy was given, so dy is random').waitFor();
    await page.getByText('No γ was given').waitFor();
    const dx = page.getByRole('row', { name: /^dx right analytic/ });
    expect(await dx.innerText()).toMatch(/e-1\d\s+1e-7\s+\(\d, \d\)/);
    await page.getByRole('img', { name: 'Error of each element of dx' }).waitFor();
  });

  it('says of a wrong gradient how far it is off', async () => {
    const page = await open(literalSource(whole), { state: { tab: 'gradients' } });
    await page.getByRole('heading', { name: /^The file’s dx is off by .* \(limit / }).waitFor();
    await page.getByRole('row', { name: /^dx wrong file/ }).waitFor();
    await page.getByRole('row', { name: /^dγ right analytic/ }).waitFor();
  });

  it('takes the row apart that is picked', async () => {
    const page = await open(literalSource(whole), { state: { tab: 'gradients' } });
    await page.getByRole('spinbutton', { name: 'Row' }).fill('1');
    await page.getByRole('spinbutton', { name: 'Row' }).press('Enter');
    await page.getByRole('img', { name: 'dx of row 1 with μ and σ held constant' }).waitFor();
    await page.getByRole('img', { name: /mean correction: from .*variance correction: from / }).waitFor();
    expect(lastAsked('gradients').params.row).toBe(1);
  });

  it('selects the element in the text whose error is picked, and takes its row apart', async () => {
    const revealed: Revealed = [];
    const page = await open(literalSource(whole, revealed), { state: { tab: 'gradients' } });
    const errors = page.getByRole('img', { name: 'Error of each element of dx' });
    await errors.focus();
    await errors.press('End');
    await errors.press('Enter');
    await expect.poll(() => revealed).toEqual([[1, 2]]);
    await page.getByRole('img', { name: 'dx of row 1 with μ and σ held constant' }).waitFor();
    await page
      .getByRole('row', { name: /^dx wrong file/ })
      .getByRole('button')
      .click();
    await expect.poll(() => revealed).toHaveLength(2);
  });
});

describe('what goes wrong', () => {
  const unreadable = (asked: string[]): InspectorSource => ({
    ...literalSource(scores),
    load: async () => {
      throw new ShapeError('Row 1 has 2 numbers, row 0 has 3.', { advice: 'Mend the array: it is read again.' });
    },
    revealSource: async () => void asked.push('source'),
  });

  it('is said in one sentence with a way on', async () => {
    const asked: string[] = [];
    const page = await open(unreadable(asked));
    const alert = page.getByRole('alert');
    await alert.getByText('Row 1 has 2 numbers, row 0 has 3.').waitFor();
    await alert.getByText('Mend the array').waitFor();
    await alert.getByRole('button', { name: 'Show in Text' }).click();
    await expect.poll(() => asked).toEqual(['source']);
  });

  it('is gone once the text is mended', async () => {
    const edited = new EditedText(unreadable([]));
    const page = await open(edited);
    await page.getByRole('alert').waitFor();
    edited.become(literalSource(scores));
    await opened.post({ type: 'opened', opened: await opened.inspector.open(undefined, new AbortController().signal) });
    await page.getByRole('img', { name: 'Mean of each row' }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });
});
