import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Workbench } from './workbench';

/** What each view of a tensor says first of a norm that a trained transformer recorded. */
const views = [
  ['Rows', 'Mean of each row, before and after normalization'],
  ['γ / β', 'Weight γ and bias β of each feature, as applied'],
  ['Gradients', 'The gradients are right'],
  ['Distribution', 'Histogram of x'],
  ['Geometry', 'Squared length of each row of x̂'],
  ['Precision', 'of every row’s output'],
  ['Conventions', 'As shown and as torch.nn.LayerNorm has it, part by part'],
  ['Batch', 'How far padding moves each real token’s output'],
];

/** What each view of the whole dump says. */
const overviews = [
  ['Findings', 'norms examined'],
  ['Depth', 'the norms stand before the branches'],
  ['Simulation', 'RMS of the residual stream'],
];

describe.each(['light', 'dark'] as const)('a trained transformer’s dump in a %s VS Code', (theme) => {
  let workbench: Workbench;

  beforeAll(async () => {
    workbench = await Workbench.start(theme);
    await workbench.openFile('preln.safetensors');
    await workbench.inspector.numbers();
  });
  afterAll(() => workbench?.close());

  /** Nothing is waited for, nothing failed, and nothing scrolls sideways but tables. */
  async function isAtRest(): Promise<void> {
    const { frame } = workbench.inspector;
    await frame.locator('normscope-busy').first().waitFor({ state: 'detached' });
    expect(await frame.getByRole('alert').count()).toBe(0);
    expect(await frame.locator('main').evaluate((main) => main.scrollWidth - main.clientWidth)).toBe(0);
  }

  it.each(views)('shows the view %s of a norm', async (view, said) => {
    await workbench.inspector.turnTo(view);
    await workbench.inspector.frame.getByText(said).first().waitFor();
    await isAtRest();
    await workbench.screenshot(`every-${theme}-${view.replace(/\W+/g, '') || 'affine'}`);
  });

  it.each(overviews)('shows the view %s of the whole dump', async (view, said) => {
    const { frame } = workbench.inspector;
    await frame.getByRole('button', { name: view, exact: true }).click();
    await frame.getByText(said).first().waitFor();
    await isAtRest();
    await workbench.screenshot(`every-${theme}-${view}`);
  });
});
