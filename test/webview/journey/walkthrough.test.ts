import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Workbench } from './workbench';

describe('the walkthrough', () => {
  let workbench: Workbench;

  beforeAll(async () => {
    workbench = await Workbench.start('light');
    await workbench.runToAsk('Welcome: Open Walkthrough...');
    const { page } = workbench;
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Get Started with Normscope' }).click();
    await page.getByRole('button', { name: 'Inspect a Sample Array' }).waitFor();
  });
  afterAll(() => workbench?.close());

  const stepOf = (title: string) => workbench.page.getByRole('button', { name: title });
  const press = (button: string) => workbench.page.getByRole('button', { name: button, exact: true }).click();
  /** Closes what the step opened, which leads back to it: it is done by now. */
  const goBack = async (title: string) => {
    await workbench.page
      .locator('.tab.active')
      .getByLabel(/^Close/)
      .click();
    await stepOf(title).locator('.codicon-getting-started-step-checked').waitFor();
  };

  it('compares two sample dumps', async () => {
    await stepOf('Compare with a reference').click();
    await workbench.screenshot('walkthrough-compare');
    await press('Compare Two Sample Dumps');
    await workbench.inspector.frame.getByText('with ε 0.001 instead of 1e-5').waitFor();
    await workbench.screenshot('sample-comparison');
    await goBack('Compare with a reference');
  });

  it('opens a sample dump', async () => {
    await stepOf('Open a dump').click();
    await workbench.screenshot('walkthrough-dump');
    await press('Open a Sample Dump');
    expect(await workbench.inspector.numbers()).toMatchObject({ shape: '(2, 5, 128)' });
    await goBack('Open a dump');
  });

  it('inspects a sample array', async () => {
    await stepOf('Inspect an array where it stands').click();
    await workbench.screenshot('walkthrough-array');
    await press('Inspect a Sample Array');
    expect(await workbench.inspector.numbers()).toMatchObject({ shape: '(2, 3, 8)', NaN: '1', Inf: '1' });
    await workbench.screenshot('sample-array');
  });
});
