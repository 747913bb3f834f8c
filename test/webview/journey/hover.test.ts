import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Workbench } from './workbench';

describe('resting the pointer on an array', () => {
  let workbench: Workbench;

  beforeAll(async () => {
    workbench = await Workbench.start('dark');
    await workbench.openFile('attention.py');
  });
  afterAll(() => workbench?.close());

  it('shows its numbers', async () => {
    const hover = await workbench.hover('1.04, -0.61');
    const text = await hover.innerText();
    expect(text).toContain('Array (2, 3, 8)');
    expect(text).toContain('variance (÷N)');
    expect(text).toMatch(/… \d more/);
    await workbench.screenshot('hover');
  });

  it('leads to the inspector', async () => {
    const hover = await workbench.hover('0.56, 0.11');
    await hover.getByText('Inspect', { exact: true }).click();
    expect(await workbench.inspector.numbers()).toMatchObject({ shape: '(2, 3, 8)', NaN: '1', Inf: '1' });
    await workbench.screenshot('hover-inspected');
  });
});
