import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPython } from '../../unit/findPython';
import { Workbench } from './workbench';

const python = await findPython('torch');

const text = [
  'x = [[0.25, 1.25, 3.5], [0.75, -0.5, 1.5]]',
  'gamma = [1.5, 0.5, 2.0]',
  'port = [[0.25, 1.25, 3.5], [0.75, -0.4, 1.5]]',
  '',
].join('\n');

const fixture = (name: string) => readFile(`test/fixtures/dumps/compare/${name}`);

describe('copying and comparing', () => {
  let workbench: Workbench;

  beforeAll(async () => {
    workbench = await Workbench.start('dark', {
      'layer.py': text,
      'port_bug.safetensors': await fixture('port_bug.safetensors'),
      'reference.safetensors': await fixture('reference.safetensors'),
    });
    await workbench.openFile('layer.py');
  });
  afterAll(() => workbench?.close());

  const clipboard = () => workbench.page.evaluate(() => navigator.clipboard.readText());
  const copyAs = async (format: string) => {
    await workbench.runToAsk('Normscope: Copy As…');
    await workbench.page
      .locator('.quick-input-list .monaco-list-row')
      .getByText(format, { exact: true })
      .last()
      .click();
    await workbench.page.getByText(`Copied as ${format}.`).waitFor();
  };

  it('copies the selected array', async () => {
    await workbench.select('[0.25, 1.25, 3.5]');
    await copyAs('NumPy');
    expect(await clipboard()).toBe('np.array([0.25, 1.25, 3.5], dtype=np.float64)');
  });

  it('copies the case that the inspector shows, with what came to it', async () => {
    const { page, inspector } = workbench;
    await workbench.select('-0.5, 1.5');
    await page.keyboard.press('ArrowRight');
    await workbench.run('Normscope: Inspect Selection');
    await expect.poll(() => inspector.numbers()).toMatchObject({ shape: '(2, 3)' });
    await workbench.select('[1.5, 0.5, 2.0]');
    await workbench.run('Normscope: Use Selection as γ (Weight)');
    await inspector.frame.getByText('γ weight').waitFor();
    await page.keyboard.press('ArrowRight');
    await copyAs('PyTorch script');
    expect(await clipboard()).toContain('weight = torch.tensor([1.5, 0.5, 2], dtype=torch.float64).requires_grad_()');
  });

  it.skipIf(!python)('copies a script that PyTorch runs, whose gradcheck passes', async () => {
    const { stdout } = await promisify(execFile)(python!, ['-c', await clipboard()]);
    expect(stdout).toMatch(/gradient of weight tensor.*gradcheck True/s);
  });

  it('copies JSON that reads back', async () => {
    await copyAs('JSON');
    expect(JSON.parse(await clipboard())).toEqual([
      [0.25, 1.25, 3.5],
      [0.75, -0.5, 1.5],
    ]);
  });

  it('offers the inspected array and the selected one where they are two', async () => {
    const { page } = workbench;
    await workbench.select('[[0.25, 1.25, 3.5], [0.75, -0.4, 1.5]]');
    await workbench.runToAsk('Normscope: Copy As…');
    await page.getByText('Shown in the inspector').waitFor();
    await workbench.screenshot('copy-as');
    await page.keyboard.press('Escape');
    await copyAs('CSV');
    expect(await clipboard()).toBe('0.25,1.25,3.5\n0.75,-0.4,1.5');
  });

  it('compares the inspected array with the selected one', async () => {
    const { page, inspector } = workbench;
    await workbench.run('Normscope: Compare With Selection');
    await inspector.frame.getByText('x (layer.py:1) differs from port (layer.py:3)').waitFor();
    await inspector.frame.getByText('The worst element of x is (1, 1): -0.5 in x (layer.py:1), -0.4').waitFor();
    await workbench.screenshot('compare-with-selection');
    await page.locator('.tab', { hasText: 'x (layer.py:1) ↔ port (layer.py:3)' }).waitFor();
  });

  it('selects the worst element in the text of each', async () => {
    const { frame } = workbench.inspector;
    await frame.getByRole('button', { name: 'Show in x (layer.py:1)' }).click();
    await expect.poll(() => workbench.selectedText()).toBe('-0.5');
    await frame.getByRole('button', { name: 'Show in port (layer.py:3)' }).click();
    await expect.poll(() => workbench.selectedText()).toBe('-0.4');
  });

  it('says why arrays of two shapes are not compared', async () => {
    await workbench.select('[1.5, 0.5, 2.0]');
    await workbench.run('Normscope: Compare With Selection');
    await workbench.page.getByText('only arrays of the same shape are compared').first().waitFor();
    await workbench.run('Notifications: Clear All Notifications');
  });

  it('has its commands in one submenu of the editor', async () => {
    const { page } = workbench;
    const { x, y } = await workbench.placeOf('gamma');
    await page.mouse.click(x, y, { button: 'right' });
    const menu = page.locator('.monaco-menu').first();
    await menu.getByText('Normscope', { exact: true }).hover();
    await page.locator('.monaco-menu').getByText('Compare With Selection').waitFor();
    await workbench.screenshot('editor-menu');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
  });

  it('compares two files that are selected in the explorer', async () => {
    const { page, inspector } = workbench;
    await workbench.run('View: Close All Editors');
    const file = (name: string) => page.locator('.explorer-folders-view .monaco-list-row', { hasText: name });
    await file('reference.safetensors').click();
    await file('port_bug.safetensors').click({ modifiers: ['Control'] });
    await file('port_bug.safetensors').click({ button: 'right' });
    // A menu takes no click in the moment after it opened, and no key before it has the focus.
    await page.locator('.monaco-menu').getByText('Compare With Normscope').hover();
    await page.locator('.monaco-menu .action-item.focused', { hasText: 'Compare With Normscope' }).waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.tab', { hasText: 'port_bug.safetensors ↔ reference.safetensors' }).waitFor();
    await inspector.frame.getByText(/^port_bug.safetensors parts from reference.safetensors at blocks.4/).waitFor();
    await workbench.screenshot('compare-files');
  });

  it.each(['reference.safetensors', 'port_bug.safetensors'])(
    'leads from the worst element to its row in %s',
    async (file) => {
      const { page, inspector } = workbench;
      await page.locator('.tab', { hasText: '↔' }).click();
      await inspector.frame.getByRole('button', { name: `Show in ${file}` }).click();
      await page.locator('.tab.active:not(:text("↔"))', { hasText: file }).waitFor();
      await inspector.frame.getByRole('heading', { name: 'blocks.4.ln2.output', exact: true }).waitFor();
      const selected = inspector.frame.locator('normscope-value-table').getByRole('row', { selected: true });
      await expect.poll(() => selected.allInnerTexts()).toEqual([expect.stringMatching(/^0, 10\b/)]);
      await workbench.screenshot(`compare-led-${file}`);
    },
  );

  it('copies the tensor of the dump that is in front', async () => {
    await copyAs('PyTorch');
    expect(await clipboard()).toMatch(/^torch\.tensor\(\[.*\d, .*\], dtype=torch\.float32\)$/s);
  });
});
