import { afterAll, beforeAll, describe, it } from 'vitest';
import { Workbench } from './workbench';

describe('reloading the window', () => {
  let workbench: Workbench;

  beforeAll(async () => {
    workbench = await Workbench.start();
  });
  afterAll(() => workbench?.close());

  it('brings the inspector of an array back as it was', async () => {
    await workbench.openFile('scores.json');
    await workbench.select('55, 90');
    await workbench.run('Normscope: Inspect Selection');
    const { frame } = workbench.inspector;
    await workbench.inspector.turnTo('Gradients');
    await frame.getByRole('region', { name: 'Gradients compared' }).waitFor();
    await workbench.reload();
    await workbench.inspector.seeView('Gradients');
    await frame.getByRole('region', { name: 'Gradients compared' }).waitFor();
    await workbench.screenshot('reloaded');
  });
});
