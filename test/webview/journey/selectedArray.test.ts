import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Workbench } from './workbench';

/** x of the case in scores.json, as its text has it. */
const corner = [
  ['0.8015', '-1.102', '-1.242', '1.504', '-0.4752', '-0.2443', '1.869', '0.4228'],
  ['-0.3936', '-0.2876', '-1.614', '3.167', '-0.4572', '0.4297', '0.9391', '0.4446'],
  ['-0.1249', '0.2563', '-1.675', '1.796', '1.353', '-0.01625', '-0.1814', '1.143'],
  ['1.892', '-1.641', '-1.555', '0.8344', '-0.3795', '-0.5224', '0.2435', '0.6574'],
];

describe('an array in a text', () => {
  let workbench: Workbench;

  beforeAll(async () => {
    workbench = await Workbench.start();
    await workbench.openFile('scores.json');
  });
  afterAll(() => workbench?.close());

  it('is selected and inspected from the palette', async () => {
    await workbench.select('[20, 50, 60, 80, 90]');
    await workbench.run('Normscope: Inspect Selection');
    const { inspector } = workbench;
    expect(await inspector.numbers()).toMatchObject({ shape: '(5)', mean: '60', 'variance (÷N)': '600' });
    expect(await inspector.chartTitles()).toEqual([
      'Mean of each row, before and after normalization',
      'Variance of each row (÷N), before and after normalization',
    ]);
    await workbench.screenshot('selected-scores');
  });

  it('gives way to the array at the cursor, in the same panel', async () => {
    await workbench.select('80, 69');
    await workbench.page.keyboard.press('ArrowRight');
    await workbench.run('Normscope: Inspect Selection');
    const { inspector } = workbench;
    await expect.poll(() => inspector.numbers()).toMatchObject({ shape: '(5, 6)' });
    await inspector.frame.getByText('1 row is constant').waitFor();
    await workbench.screenshot('classes-rows');
  });

  it('has its row selected in the text by a click on the point of the row', async () => {
    const { inspector, page } = workbench;
    const { x, y } = await inspector.pointAt(await inspector.chart(/^Mean of each row/), 'Row 3');
    await page.mouse.click(x, y);
    await expect.poll(() => workbench.selectedText()).toBe('[12, 18, 97, 15, 11, 21]');
    await inspector.frame.locator('normscope-value-table').getByRole('row', { selected: true }).waitFor();
    await workbench.screenshot('classes-row-selected');
  });

  it('has a number selected in the text by a click on its cell', async () => {
    const { frame } = workbench.inspector;
    await frame.getByRole('gridcell', { name: '97', exact: true }).click();
    await expect.poll(() => workbench.selectedText()).toBe('97');
    await workbench.screenshot('classes-number-selected');
  });

  it('is a whole case where it stands in an object that names weight, bias, eps and grad_output', async () => {
    await workbench.select('0.8015');
    await workbench.page.keyboard.press('ArrowRight');
    await workbench.run('Normscope: Check Gradients of Selection');
    const { inspector } = workbench;
    await inspector.seeView('Gradients');
    for (const chip of ['γ weight', 'β bias', 'dy']) {
      await inspector.frame.getByText(chip, { exact: false }).first().waitFor();
    }
    expect(await inspector.chartTitles()).toHaveLength(6);
    await workbench.screenshot('case-gradients');
    const worst = inspector.frame.getByRole('region', { name: 'Gradients compared' }).getByRole('button').first();
    const [row, column] = (await worst.innerText()).match(/\d+/g)!.map(Number);
    await worst.click();
    await expect.poll(() => workbench.selectedText()).toBe(corner[row][column]);
    await inspector.turnTo('γ / β');
    expect((await inspector.chartTitles()).length).toBeGreaterThan(0);
    await workbench.screenshot('case-affine');
  });

  it('is read again as it is edited', async () => {
    await workbench.select('[20, 50, 60, 80, 90]');
    await workbench.run('Normscope: Inspect Selection');
    const { inspector, page } = workbench;
    await inspector.turnTo('Rows');
    await expect.poll(() => inspector.numbers()).toMatchObject({ shape: '(5)', max: '90' });
    await workbench.select('60, 80');
    await page.keyboard.type('60, 180');
    await expect.poll(() => inspector.numbers()).toMatchObject({ shape: '(5)', max: '180' });
  });
});
