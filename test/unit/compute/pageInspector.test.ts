import { access, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MessageChannel } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { HostAnswers, HostCalls, InspectedThing, InspectorCalls } from '../../../src/compute/inspectorCalls';
import { PageInspector } from '../../../src/compute/pageInspector';
import { Peer } from '../../../src/compute/peer';
import { serveInspector } from '../../../src/compute/serveInspector';
import { sharedResults } from '../../../src/compute/sharedResults';
import { writeNpy } from '../../../src/formats/writeNpy';
import type { Method, Params, ProgressEvent, Result, Subject } from '../../../src/protocol';
import { buildWorker, type WorkerFolder } from './buildWorker';

const preln = resolve('test/fixtures/dumps/preln.safetensors');
const never = new AbortController().signal;

let inspectors: WorkerFolder;
let scanners: WorkerFolder;
beforeAll(async () => {
  inspectors = await buildWorker('src/compute/inspectorWorker.ts');
  scanners = await buildWorker();
});
afterAll(() => Promise.all([inspectors.remove(), scanners.remove()]));

const opened: PageInspector[] = [];
afterEach(() => Promise.all(opened.splice(0).map((inspector) => inspector.dispose())));

const settings: HostAnswers['settings'] = async () => ({ maxValues: 1 << 22, scanLimit: 1e9, ignoredFindings: [] });
/** Files of this machine by their path. */
const local: HostAnswers = { settings, locate: async ({ uri }) => ({ path: uri }) };

/** The same files, read whole: without a thread that ends nobody would close them. */
const whole: HostAnswers = {
  settings,
  locate: async ({ uri }) => ({ byteLength: (await stat(uri)).size }),
  readWhole: async ({ uri }) => readFile(uri),
};

function dumpAt(path: string): InspectedThing {
  return { kind: 'dump', file: { uri: path, name: path.split('/').at(-1) } };
}

/** An inspector on a thread of its own, as the editor makes it. */
function inspect(
  thing: InspectedThing,
  answers = local,
  file = inspectors.workerFile,
  results = sharedResults(),
): PageInspector {
  const threads = { file, pool: { file: scanners.workerFile, size: 2 }, results };
  const inspector = new PageInspector(threads, thing, answers);
  opened.push(inspector);
  return inspector;
}

/** The same without a thread, asked as a page asks. */
function inspectHere(thing: InspectedThing) {
  const { port1, port2 } = new MessageChannel();
  serveInspector(port2, { thing, firstId: 1 });
  const peer = new Peer<InspectorCalls, HostCalls>(port1, whole);
  return {
    handle: async <M extends Method>(
      method: M,
      params: Params<M>,
      signal = never,
      tell: (events: readonly ProgressEvent[]) => void = () => {},
    ) => {
      const call = { method, params } as InspectorCalls['handle']['params'];
      return (await peer.call('handle', call, { signal, tell })) as Result<M>;
    },
    close: () => port1.close(),
  };
}

/** A worker that goes wrong as soon as the page asks for gradients. */
async function faultyWorker(name: string, fault: string): Promise<string> {
  const file = join(inspectors.folder, `${name}.js`);
  await writeFile(
    file,
    `const { parentPort } = require('node:worker_threads');
     parentPort.on('message', ({ type, params }) => { if (type === 'call' && params?.method === 'gradients') { ${fault} } });
     require('./worker.js');`,
  );
  return file;
}

async function subjectOf(inspector: PageInspector, tensor?: string): Promise<Subject> {
  return (await inspector.handle('open', { tensor }, never)).subject!;
}

describe('the inspector of a page', () => {
  it('answers on its thread to the last bit what it answers without one', async () => {
    const there = inspect(dumpAt(preln));
    const here = inspectHere(dumpAt(preln));
    expect(await there.handle('open', {}, never)).toEqual(await here.handle('open', {}));
    const subject = 1;
    const { spec } = await there.handle('choose', { tensor: 'blocks.0.ln1.input' }, never);
    await here.handle('choose', { tensor: 'blocks.0.ln1.input' });
    const options = { scope: 'all', feature: 0, padding: 0.5 } as const;
    const questions: { [M in Method]: [M, Params<M>] }[Method][] = [
      ['rows', { subject: subject + 1, spec, after: 'normalized' }],
      ['features', { subject: subject + 1, spec, affine: true, weightScale: 1, biasShift: 0 }],
      ['gradients', { subject: subject + 1, spec }],
      ['view', { subject: subject + 1, spec, view: 'conventions', options }],
      ['view', { subject: subject + 1, spec, view: 'distribution', options }],
      ['overview', { view: 'findings', options: { simulation: { blocks: 4, init: 'xavier' } } }],
      ['overview', { view: 'depth', options: { simulation: { blocks: 4, init: 'xavier' } } }],
      ['values', { subject: subject + 1, startRow: 0, endRow: 3, startColumn: 5, endColumn: 9 }],
    ];
    for (const [method, params] of questions) {
      expect(await there.handle(method, params, never)).toEqual(await here.handle(method, params));
    }
    here.close();
  });

  it('shows the same tensor again once its file was written anew, and not before it can be read', async () => {
    const path = join(inspectors.folder, 'x.npy');
    const bytes = (first: number) =>
      writeNpy({ name: 'x', dtype: 'float32', shape: [2, 3], values: Float32Array.of(first, 1, 2, 3, 4, 5) });
    const valueOf = async ({ id: subject }: Subject) => {
      const range = { startRow: 0, endRow: 1, startColumn: 0, endColumn: 1 };
      return (await inspector.handle('values', { subject, ...range }, never)).rows[0][0];
    };
    await writeFile(path, bytes(7));
    const inspector = inspect(dumpAt(path));
    const before = await subjectOf(inspector);
    expect(await valueOf(before)).toBe(7);
    await writeFile(path, bytes(8).subarray(0, 20));
    const onWait = vi.fn();
    const reload = inspector.reload(onWait);
    await vi.waitFor(() => expect(onWait).toHaveBeenCalled());
    await inspector.handle('open', { tensor: 'x' }, never);
    await writeFile(path, bytes(8));
    expect(await reload).toBe(true);
    const { subject } = await inspector.reopen();
    expect(subject).toMatchObject({ title: 'x', shape: [2, 3] });
    expect(subject!.id).toBeGreaterThan(before.id);
    expect(await valueOf(subject!)).toBe(8);
  });

  it('keeps the slice of the tensor that is shown, and shows another one whole', async () => {
    const inspector = inspect(dumpAt(preln));
    await inspector.handle('open', { tensor: 'blocks.0.ln1.input', slice: [1, null, null] }, never);
    expect((await inspector.reopen()).subject!.shape).toEqual([5, 128]);
    expect((await inspector.reopen('blocks.1.ln2.input')).subject!.shape).toEqual([2, 5, 128]);
  });

  it('ends a thread that nobody asks anything for long, and shows the same on the next', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      let opens = 0;
      const locate: HostAnswers['locate'] = async ({ uri }) => {
        opens++;
        return { path: uri };
      };
      const inspector = inspect(dumpAt(preln), { settings, locate });
      const { id: subject, spec } = await subjectOf(inspector, 'blocks.2.ln1.input');
      vi.advanceTimersByTime(200_000);
      await inspector.handle('rows', { subject, spec, after: 'normalized' }, never);
      expect(opens).toBe(1);
      vi.advanceTimersByTime(300_000);
      await expect.poll(async () => ((await inspector.copy('csv')) ? opens : 0)).toBe(2);
      expect((await inspector.handle('rows', { subject, spec, after: 'normalized' }, never)).rowCount).toBe(10);
    } finally {
      vi.useRealTimers();
    }
  });

  it('copies the case that is shown with the convention that the page asked about', async () => {
    const inspector = inspect(dumpAt(preln));
    expect(inspector.shown).toBeUndefined();
    await expect(inspector.copy('script')).rejects.toThrow('not shown');
    const { id: subject, spec } = await subjectOf(inspector);
    await inspector.handle('rows', { subject, spec: { ...spec, eps: 0.25 }, after: 'normalized' }, never);
    expect(inspector.shown).toBe('blocks.0.ln1.input');
    expect(await inspector.copy('script')).toContain('dims, n, eps = (-1,), 128, 0.25');
  });
});

describe('a thread that computes without a pause', () => {
  it('is given up when its request is cancelled, and the next shows what the page showed', async () => {
    const hangs = join(inspectors.folder, 'hangs');
    const hang = `require('node:fs').writeFileSync(${JSON.stringify(hangs)}, ''); for (;;) {}`;
    const inspector = inspect(dumpAt(preln), local, await faultyWorker('hanging', hang));
    const { id: subject, spec } = await subjectOf(inspector, 'blocks.2.ln1.input');
    const controller = new AbortController();
    const gradients = inspector.handle('gradients', { subject, spec }, controller.signal);
    // What was asked besides is answered by the next thread.
    const rows = inspector.handle('rows', { subject, spec, after: 'normalized' }, never);
    await vi.waitFor(() => access(hangs));
    const start = performance.now();
    controller.abort(new Error('enough'));
    await expect(gradients).rejects.toThrow('enough');
    expect(performance.now() - start).toBeLessThan(50);
    expect((await rows).rowCount).toBe(10);
  });

  it('is kept when it heard that a request was cancelled', async () => {
    const inspector = inspect(dumpAt(preln));
    const { id: subject, spec } = await subjectOf(inspector);
    const before = await inspector.handle('choose', { tensor: 'loss' }, never);
    const controller = new AbortController();
    const gradients = inspector.handle('gradients', { subject, spec }, controller.signal);
    controller.abort(new Error('enough'));
    await expect(gradients).rejects.toThrow('enough');
    expect((await inspector.handle('choose', { tensor: 'loss' }, never)).id).toBe(before.id + 1);
  });
});

describe('a thread that crashes', () => {
  it('costs what it was asked, and is replaced by one that shows what the page showed', async () => {
    const inspector = inspect(dumpAt(preln), local, await faultyWorker('crashing', 'process.exit(7);'));
    const { id: subject, spec } = await subjectOf(inspector, 'blocks.2.ln1.input');
    await expect(inspector.handle('gradients', { subject, spec }, never)).rejects.toThrow('ended with code 7');
    const { rowCount } = await inspector.handle('rows', { subject, spec, after: 'normalized' }, never);
    expect(rowCount).toBe(10);
    await expect(inspector.handle('gradients', { subject, spec }, never)).rejects.toThrow('ended with code 7');
  });

  it('is said to have run out of memory where it did', async () => {
    // As Node ends a thread whose heap is full.
    const full = "throw Object.assign(new Error('heap limit'), { code: 'ERR_WORKER_OUT_OF_MEMORY' });";
    const inspector = inspect(dumpAt(preln), local, await faultyWorker('hoarding', full));
    const { id: subject, spec } = await subjectOf(inspector);
    await expect(inspector.handle('gradients', { subject, spec }, never)).rejects.toMatchObject({
      message: 'This needed more memory than there is, and was stopped.',
      advice: expect.stringContaining('normscope.maxValues'),
    });
  });
});

describe('statistics of all tensors', () => {
  it('are taken of compressed members too, and told as they come', async () => {
    const compressed = dumpAt(resolve('test/fixtures/formats/npz/compressed.npz'));
    const here = inspectHere(compressed);
    const statsOf = async (inspector: Pick<PageInspector, 'handle'>) => {
      const events: ProgressEvent[] = [];
      await inspector.handle('scan', {}, never, (some) => events.push(...some));
      return events.filter(({ type }) => type === 'stats');
    };
    const stats = await statsOf(inspect(compressed));
    expect(stats).toEqual(await statsOf(here));
    const tensors = stats.map((event) => ('tensor' in event ? event.tensor : undefined));
    expect(tensors.sort()).toEqual(['a', 'b', 'empty', 'scalar']);
    here.close();
  });
});

describe('a file that is opened again', () => {
  /** Opens a file in a page of its own, asks for all that its values are read for, and closes the page. */
  async function lookAt(path: string, results: ReturnType<typeof sharedResults>) {
    const answers = { ...local, settings: async () => ({ maxValues: 1000, scanLimit: 1e9, ignoredFindings: [] }) };
    const inspector = inspect(dumpAt(path), answers, inspectors.workerFile, results);
    const told: ProgressEvent[] = [];
    const { id: subject, spec } = await subjectOf(inspector);
    await inspector.handle('scan', {}, never, (events) => told.push(...events));
    const rows = await inspector.handle('rows', { subject, spec, after: 'normalized' }, never);
    await inspector.dispose();
    const stats = told.flatMap((event) => (event.type === 'stats' ? [event] : []));
    return { stats: stats.sort((a, b) => (a.tensor < b.tensor ? -1 : 1)), rows };
  }

  /** A large tensor that holds the same number throughout; the file always bears the same date. */
  async function write(path: string, value: number, modified: number): Promise<void> {
    const values = new Float32Array(400_000).fill(value);
    await writeFile(path, writeNpy({ name: 'x', dtype: 'float32', shape: [400, 1000], values }));
    await utimes(path, modified, modified);
  }

  it.each(['stored', 'compressed'])('is not read again in the %s members of a zip file either', async (how) => {
    const fixture = await readFile(resolve(`test/fixtures/formats/npz/${how}.npz`));
    const path = join(inspectors.folder, `${how}.npz`);
    const results = sharedResults();
    const recalled = vi.spyOn(results, 'recall');
    const known = async () => (await Promise.all(recalled.mock.results.map(({ value }) => value))).flat().length;
    await writeFile(path, fixture);
    const first = await lookAt(path, results);
    expect(first.stats.map(({ tensor }) => tensor)).toContain('a');
    expect(await known()).toBe(0);
    expect(await lookAt(path, results)).toEqual(first);
    expect(await known()).toBe(first.stats.length);
  });

  it('is not read again, unless it was written meanwhile', async () => {
    const path = join(inspectors.folder, 'again.npy');
    const results = sharedResults();
    await write(path, 1, 1000);
    const first = await lookAt(path, results);
    expect(first.stats).toMatchObject([{ tensor: 'again', stats: { mean: 1 } }]);
    // What is told of it now was remembered: the values are others, but path, size and date are the same.
    await write(path, 2, 1000);
    expect(await lookAt(path, results)).toEqual(first);
    await write(path, 3, 1001);
    const { stats, rows } = await lookAt(path, results);
    expect(stats).toMatchObject([{ stats: { mean: 3 } }]);
    expect(rows.rowCount).toBe(400);
    expect(rows).not.toEqual(first.rows);
  });
});

describe('a file that only the editor can read', () => {
  it('is read whole through the editor, which is told of', async () => {
    const bytes = await readFile(preln);
    const events: ProgressEvent[] = [];
    const inspector = inspect(dumpAt('memory:/preln.safetensors'), {
      settings,
      locate: async () => ({ byteLength: bytes.length }),
      readWhole: async () => bytes,
    });
    const { listing } = await inspector.handle('open', {}, never, (some) => events.push(...some));
    expect(listing!.tensors).toHaveLength(113);
    expect(events).toEqual([{ type: 'opening', fileName: 'preln.safetensors', byteLength: bytes.length }]);
  });

  it('is said to be missing where it is', async () => {
    const { problem } = await inspect(dumpAt('memory:/gone.npy'), { settings, locate: async () => undefined }).reopen();
    expect(problem).toEqual({ message: 'There is no gone.npy now.', advice: 'It is shown as soon as it is there.' });
  });
});

describe('an array in a text', () => {
  it('is given up at once while it is read, and what the page showed stays', async () => {
    const line = `[${'0.25, '.repeat(999)}1],\n`;
    const texts: Record<string, string> = { 'short.py': '[[1, 2], [3, 4]]', 'long.py': `[\n${line.repeat(3000)}]` };
    const inspector = inspect(
      { kind: 'array' },
      {
        texts: async ({ asked }) => {
          const uri = asked ? 'long.py' : 'short.py';
          return { places: [{ key: uri, uri, version: 1, path: uri, ranges: [[1, 1]] }], texts };
        },
        markText: async () => {},
      },
    );
    const { id: subject, spec } = await subjectOf(inspector);
    const controller = new AbortController();
    const reading = inspector.read(controller.signal);
    await sleep(20);
    const start = performance.now();
    controller.abort(new Error('enough'));
    await expect(reading).rejects.toThrow('enough');
    expect(performance.now() - start).toBeLessThan(50);
    expect((await inspector.handle('rows', { subject, spec, after: 'normalized' }, never)).rowCount).toBe(2);
    expect(await inspector.read(never)).toEqual([{ ranges: [[0, texts['long.py'].length]], name: 'long.py:1:1' }]);
  });
});

describe('two files', () => {
  it('are compared on the thread', async () => {
    const file = (name: string) => ({ uri: resolve('test/fixtures/dumps', name), name });
    const inspector = inspect({ kind: 'files', files: [file('preln.safetensors'), file('preln.safetensors')] });
    const options = { simulation: { blocks: 4, init: 'xavier' } } as const;
    const { sentences } = await inspector.handle('overview', { view: 'compare', options }, never);
    expect(sentences[0]).toMatchObject({ severity: 'pass' });
  });
});
