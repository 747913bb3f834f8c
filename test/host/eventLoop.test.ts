import { strict as assert } from 'node:assert';
import { writeFile } from 'node:fs/promises';
import { writeNpz } from '../../src/formats/writeNpz';
import { Random } from '../../src/norm/random';
import type { Params, ProgressEvent, ReportView } from '../../src/protocol';
import { eventLoopDelay } from './eventLoopDelay';
import { inspectedFile } from './inspectorOf';

const rows = 1024;
const cols = 768;

describe('the extension host', function () {
  this.timeout(60_000);
  const inspector = inspectedFile('norm.npz', async (path) => {
    const random = new Random(3);
    const draw = (...shape: number[]) => ({
      dtype: 'float32' as const,
      shape,
      values: Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () => random.normal()),
    });
    const x = { name: 'ln.input', ...draw(rows, cols) };
    const weight = { name: 'ln.weight', ...draw(cols) };
    const output = { name: 'ln.output', ...draw(rows, cols) };
    await writeFile(path, await writeNpz([x, weight, output]));
  });

  const never = new AbortController().signal;
  const view = (name: ReportView) => async () => {
    const options = { scope: 'all', feature: 0, padding: 0.5 } as const;
    const { charts, tables } = await inspector().handle('view', { ...(await subject()), view: name, options }, never);
    assert(charts.length + tables.length > 0);
  };
  const work: Record<string, () => Promise<void>> = {
    'a norm is opened': async () => void (await subject()),
    'its gradients are checked': async () => {
      const { checkedRows } = await inspector().handle('gradients', await subject(), never);
      assert(checkedRows > 0);
    },
    'its convention is identified': view('conventions'),
    'its values are counted': view('distribution'),
    'its precision is looked at': view('precision'),
    'its dump is diagnosed': async () => {
      const options = { simulation: { blocks: 24, init: 'xavier' } } as const;
      await inspector().handle('overview', { view: 'findings', options }, never);
    },
    'statistics of members of a zip file are taken': async () => {
      const told: ProgressEvent[] = [];
      await inspector().handle('scan', {}, never, (events) => told.push(...events));
      assert.equal(told.filter(({ type }) => type === 'stats').length, 3);
    },
  };
  for (const [what, run] of Object.entries(work)) {
    it(`is free while ${what}`, () => eventLoopDelay(what, run));
  }

  async function subject(): Promise<Params<'rows'> & Params<'gradients'>> {
    const { subject: shown, problem } = await inspector().handle('open', {}, never);
    assert(shown, problem?.message);
    return { subject: shown.id, spec: shown.spec, after: 'normalized' };
  }
});
