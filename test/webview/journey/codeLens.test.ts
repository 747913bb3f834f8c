import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Workbench } from './workbench';

const matrix = (rows: number) =>
  Array.from(
    { length: rows },
    (_, row) => `    [${Array.from({ length: 8 }, (_, col) => Math.sin(8 * row + col).toFixed(3)).join(', ')}],`,
  ).join('\n');

describe('the code lens, once a person wants it', () => {
  let workbench: Workbench;

  beforeAll(async () => {
    const text = `SMALL = [\n${matrix(7)}\n]\nLARGE = [\n${matrix(8)}\n]\n`;
    workbench = await Workbench.start(
      'light',
      { 'net.py': text },
      { settings: { 'normscope.codeLens.enabled': true } },
    );
    await workbench.openFile('net.py');
  });
  afterAll(() => workbench?.close());

  const lenses = () => workbench.page.locator('.codelens-decoration');

  it('stands above an array of 8 × 8 numbers, and not above a smaller one', async () => {
    await lenses().first().waitFor();
    expect(await lenses().count()).toBe(1);
    expect(await lenses().innerText()).toMatch(
      /^\(8, 8\)\s·\smean\s\S+\s·\svar\s\S+\s\(÷N\)\s·\s0\sNaN\s*\|\s*Inspect$/,
    );
    const lens = await lenses().first().boundingBox();
    expect(lens!.y).toBeLessThan((await workbench.placeOf('LARGE')).y);
    await workbench.screenshot('code-lens');
  });

  it('leads to the inspector', async () => {
    await lenses().getByText('Inspect').click();
    expect(await workbench.inspector.numbers()).toMatchObject({ shape: '(8, 8)' });
  });
});
