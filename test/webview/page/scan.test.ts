import { expect, it, vi } from 'vitest';
import { Scan } from '../../../webview/scan';
import { InspectorLink } from './inspectorLink';
import { dumpSource } from './sources';

type DumpSource = Awaited<ReturnType<typeof dumpSource>>;

const preln = 'media/samples/preln.safetensors';

async function scanOf(source: DumpSource, link = new InspectorLink(source)) {
  const scan = new Scan(link.host, () => {});
  scan.show(await source.listing());
  return scan;
}
const ended = (scan: Scan) => vi.waitUntil(() => scan.state.progress === undefined, { timeout: 10_000 });

it('takes the statistics of a small dump at once', async () => {
  const scan = await scanOf(await dumpSource(preln));
  expect(scan.state.progress).toBeDefined();
  await ended(scan);
  expect(scan.state.tensors.size).toBe(113);
  expect(scan.state.tensors.get('tokens')).toMatchObject({ stats: { count: 10, absMax: 69, nan: 0 } });
});

it('waits to be asked for those of a large one', async () => {
  const scan = await scanOf(await dumpSource(preln, 1000));
  expect(scan.state).toEqual({ tensors: new Map() });
  await scan.start();
  expect(scan.state.tensors.size).toBe(113);
});

it('keeps what is known when it is stopped, and hears nothing more', async () => {
  const dump = await dumpSource(preln);
  let goOn = () => {};
  const source: DumpSource = {
    ...dump,
    scan: async (tell) => {
      tell({ type: 'scanProgress', tensor: 'tokens', doneBytes: 80, totalBytes: 160 });
      tell({ type: 'stats', tensor: 'tokens', problem: { message: 'unreadable' } });
      await new Promise<void>((resolve) => (goOn = resolve));
      tell({ type: 'stats', tensor: 'loss', problem: { message: 'too late' } });
    },
  };
  const link = new InspectorLink(source);
  const scan = await scanOf(source, link);
  await vi.waitUntil(() => scan.state.tensors.size > 0);
  expect(scan.state.progress).toMatchObject({ tensor: 'tokens', doneBytes: 80, totalBytes: 160 });
  scan.cancel();
  goOn();
  await link.settled();
  expect([...scan.state.tensors.keys()]).toEqual(['tokens']);
  expect(scan.state.progress).toBeUndefined();
});

it('says why it ended early', async () => {
  const dump = await dumpSource(preln);
  const scan = await scanOf({ ...dump, scan: () => Promise.reject(new Error('the file is gone')) });
  await ended(scan);
  expect(scan.state.problem).toEqual({ message: 'the file is gone' });
});

it('keeps what it knew of a file that was written anew until it knows better', async () => {
  const dump = await dumpSource(preln);
  const scan = await scanOf(dump);
  await ended(scan);
  const listing = await dump.listing();
  scan.show({ ...listing, tensors: listing.tensors.slice(0, 3) });
  expect(scan.state.tensors.size).toBe(3);
  scan.cancel();
  expect(scan.state).toEqual({ tensors: new Map() });
});

it('forgets an earlier dump', async () => {
  const dump = await dumpSource(preln);
  const scan = await scanOf(dump);
  await ended(scan);
  scan.show({ ...(await dump.listing()), scanAtOnce: false });
  expect(scan.state).toEqual({ tensors: new Map() });
});
