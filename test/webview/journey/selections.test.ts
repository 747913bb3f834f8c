import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Workbench } from './workbench';

const matrix = [
  '# γ, measured',
  'gamma = [1.5, 0.5, 2.0]',
  '',
  'x = [',
  '    [0.25, 1.25, 3.5],',
  '    [0.75, float("nan"), 1.5],',
  '    [2.0, 2.0, 2.0],',
  ']',
  'grid = [',
  '    [0.25, 1.25, 3.50],',
  '    [0.75, 0.50, 1.50],',
  ']',
  '',
].join('\n');

describe('selections in a text', () => {
  let workbench: Workbench;

  beforeAll(async () => {
    workbench = await Workbench.start('dark', { 'layer.py': matrix });
    await workbench.openFile('layer.py');
  });
  afterAll(() => workbench?.close());

  const status = () => workbench.page.locator('[id="normscope.normscope.normscope.selection"]').innerText();

  it('have their numbers in the status bar', async () => {
    await workbench.select('[1.5, 0.5, 2.0]');
    await expect.poll(status).toContain('(3) · mean 1.333 · var 0.3889 (÷N) · 0 NaN');
    await workbench.select('measured');
    await expect.poll(() => workbench.page.getByText('mean 1.333').count()).toBe(0);
  });

  it('are rows of one matrix where there are several', async () => {
    const { inspector } = workbench;
    await workbench.select('0.25, 1.25, 3.50');
    await workbench.run('Add Cursor Below');
    await expect.poll(status).toContain('(2, 3) · mean 1.292');
    await workbench.run('Normscope: Inspect Selection');
    await expect.poll(() => inspector.numbers()).toMatchObject({ shape: '(2, 3)' });
    await workbench.screenshot('selections-rectangle');
  });

  it('become γ of the array that is inspected', async () => {
    const { page, inspector } = workbench;
    await workbench.select('1.25, 3.5');
    await page.keyboard.press('ArrowRight');
    await workbench.run('Normscope: Inspect Selection');
    await expect.poll(() => inspector.numbers()).toMatchObject({ shape: '(3, 3)' });
    await workbench.select('[1.5, 0.5, 2.0]');
    await workbench.run('Normscope: Use Selection as γ (Weight)');
    await inspector.frame.getByText('γ weight').waitFor();
    await workbench.screenshot('selection-as-weight');
  });

  it('are marked in the text while the inspector shows that they stand out', async () => {
    const { page } = workbench;
    const marked = () => page.locator('.view-overlays [class*="ced-"]').count();
    await expect.poll(marked).toBeGreaterThanOrEqual(2);
    await workbench.screenshot('rows-marked');
    const row = page.locator('.view-line', { hasText: 'float("nan")' });
    const markedTops = () =>
      page
        .locator('.view-overlays [class*="ced-"]')
        .evaluateAll((marks) => marks.map((mark) => mark.getBoundingClientRect().top));
    await workbench.select('gamma');
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await markedTops()).includes((await row.boundingBox())!.y)).toBe(true);
    await workbench.select('float("nan")');
    await page.keyboard.type('1.0');
    await expect.poll(marked).toBe(1);
  });
});
