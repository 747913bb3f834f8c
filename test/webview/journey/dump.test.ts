import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Workbench } from './workbench';

describe('a dump of activations', () => {
  let workbench: Workbench;

  beforeAll(async () => {
    workbench = await Workbench.start('dark');
    await workbench.openFile('preln.safetensors');
  });
  afterAll(() => workbench?.close());

  it('opens as a list of its tensors, beside the first norm found', async () => {
    const { frame } = workbench.inspector;
    const tree = frame.getByRole('tree', { name: 'Tensors of preln.safetensors' });
    await tree.getByRole('treeitem', { name: 'blocks.0.ln1' }).first().waitFor();
    expect(await workbench.inspector.numbers()).toMatchObject({ shape: '(2, 5, 128)', NaN: '0' });
    await workbench.screenshot('dump-rows');
  });

  it('is filtered by name, and one of its norms chosen', async () => {
    const { frame } = workbench.inspector;
    await frame.getByRole('textbox', { name: 'Filter tensors' }).fill('blocks.3.ln2');
    await expect.poll(() => frame.getByRole('treeitem', { name: 'blocks.0' }).count()).toBe(0);
    await frame.getByRole('treeitem', { name: 'blocks.3.ln2' }).first().click();
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

  it('shows γ and β of the norm, which sliders vary', async () => {
    const { inspector } = workbench;
    await inspector.turnTo('γ / β');
    expect((await inspector.chartTitles()).length).toBeGreaterThan(1);
    await workbench.screenshot('dump-affine');
  });

  it('holds the recorded gradients against its own', async () => {
    const { inspector } = workbench;
    await inspector.turnTo('Gradients');
    const table = inspector.frame.getByRole('region', { name: 'Gradients compared' });
    await table.waitFor();
    await workbench.screenshot('dump-gradients');
    expect(await table.innerText()).toMatch(/dx/);
  });
});
