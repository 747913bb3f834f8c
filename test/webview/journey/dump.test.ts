import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Workbench } from './workbench';

describe('a dump of activations', () => {
  let workbench: Workbench;

  beforeAll(async () => {
    const ported = await readFile('test/fixtures/dumps/broken/case_15.safetensors');
    workbench = await Workbench.start('dark', { 'ported.safetensors': ported });
    await workbench.openFile('preln.safetensors');
  });
  afterAll(() => workbench?.close());

  it('opens as a list of its tensors, beside the first norm found', async () => {
    const { frame } = workbench.inspector;
    const list = frame.getByRole('treegrid', { name: 'Tensors of preln.safetensors' });
    await list.getByRole('row', { name: /^blocks\.0\.ln1 .* 0\.245$/ }).waitFor();
    expect(await workbench.inspector.numbers()).toMatchObject({ shape: '(2, 5, 128)', NaN: '0' });
    await workbench.screenshot('dump-rows');
  });

  it('is filtered by name, and one of its norms chosen', async () => {
    const { frame } = workbench.inspector;
    await frame.getByRole('textbox', { name: 'Filter tensors' }).fill('blocks.3.ln2');
    const list = frame.getByRole('treegrid');
    await expect.poll(() => list.getByRole('row', { name: 'blocks.0' }).count()).toBe(0);
    await list.getByRole('row', { name: 'blocks.3.ln2' }).first().click();
    await frame.getByRole('heading', { name: 'blocks.3.ln2.input' }).waitFor();
  });

  it('has its row selected in the table of values by a click on the point of the row', async () => {
    const { inspector, page } = workbench;
    const { x, y } = await inspector.pointAt(await inspector.chart(/^Variance of each row/), 'Row 7');
    await page.mouse.click(x, y);
    const selected = inspector.frame.locator('normscope-value-table').getByRole('row', { selected: true });
    expect(await selected.innerText()).toMatch(/^1, 2\b/);
    await workbench.screenshot('dump-row-selected');
  });

  it('shows γ and β of the norm, and what the output becomes as a slider scales γ', async () => {
    const { inspector, page } = workbench;
    await inspector.turnTo('γ / β');
    const chart = await inspector.chart(/^Standard deviation \(÷N\) of each feature/);
    const seen = await chart.locator('canvas').getAttribute('aria-label');
    await workbench.screenshot('dump-affine');
    await inspector.frame.getByRole('slider', { name: 'Scale γ by' }).focus();
    await page.keyboard.press('End');
    await expect.poll(() => chart.locator('canvas').getAttribute('aria-label')).not.toBe(seen);
    await workbench.screenshot('dump-affine-scaled');
  });

  it('holds the recorded gradients against its own', async () => {
    const { inspector } = workbench;
    await inspector.turnTo('Gradients');
    await inspector.frame.getByRole('heading', { name: 'The gradients are right' }).waitFor();
    const table = inspector.frame.getByRole('region', { name: 'Gradients compared' });
    expect(await table.getByRole('row', { name: /file/ }).count()).toBe(3);
    await workbench.screenshot('dump-gradients');
  });

  it('says what is wrong in it, and leads to the tensor', async () => {
    await workbench.openFile('ported.safetensors');
    const { frame } = workbench.inspector;
    await frame.getByRole('button', { name: 'Findings', exact: true }).click();
    await frame.getByText('equals it as RMSNorm: the mean is not subtracted').waitFor();
    await workbench.screenshot('dump-findings');
    await frame.getByRole('main').getByRole('button', { name: 'blocks.4.ln2.output' }).click();
    await frame.getByRole('heading', { name: 'blocks.4.ln2.output' }).waitFor();
  });
});
