import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeNpy } from '../../../src/formats/writeNpy';
import { Workbench } from './workbench';

/** A matrix of float64 whose rows count up from a number. */
const matrix = (rows: number, from: number) => {
  const values = Float64Array.from({ length: rows * 4 }, (_, i) => from + i);
  return writeNpy({ name: 'x', dtype: 'float64', shape: [rows, 4], values });
};

describe('a dump that is written anew while it is shown', () => {
  let workbench: Workbench;
  const maximumBecomes = (max: string) => expect.poll(async () => (await workbench.inspector.numbers()).max).toBe(max);

  beforeAll(async () => {
    workbench = await Workbench.start('light', { 'step.npy': matrix(6, 0) });
    await workbench.openFile('step.npy');
  });
  afterAll(() => workbench?.close());

  it('is read again, and its view, choices and row stay', async () => {
    const { inspector } = workbench;
    const { frame } = inspector;
    await maximumBecomes('23');
    await frame.getByRole('rowheader', { name: '4', exact: true }).click();
    await workbench.writeFile('step.npy', matrix(6, 100));
    await maximumBecomes('123');
    const selected = frame.locator('normscope-value-table').getByRole('row', { selected: true });
    expect(await selected.innerText()).toMatch(/^4\b/);
  });

  it('is tried again while it is half written, which is no error', async () => {
    const { frame } = workbench.inspector;
    const whole = matrix(6, 200);
    await workbench.writeFile('step.npy', whole.subarray(0, whole.length / 2));
    await frame.getByRole('status').getByText('step.npy cannot be read yet; shown as of').waitFor();
    await workbench.screenshot('dump-half-written');
    expect(await frame.getByRole('alert').count()).toBe(0);
    expect(await workbench.inspector.numbers()).toMatchObject({ max: '123' });
    await workbench.writeFile('step.npy', whole);
    await maximumBecomes('223');
  });

  it('says that it is gone, and shows it once it is back', async () => {
    const { frame } = workbench.inspector;
    await workbench.deleteFile('step.npy');
    await frame.getByRole('alert').getByText('There is no step.npy now.').waitFor();
    await workbench.screenshot('dump-deleted');
    await workbench.writeFile('step.npy', matrix(6, 300));
    await maximumBecomes('323');
    expect(await frame.getByRole('alert').count()).toBe(0);
  });
});
