import { MessageChannel } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import type { HostCalls, InspectedThing, InspectorCalls } from '../../../src/compute/inspectorCalls';
import { Peer } from '../../../src/compute/peer';
import { serveInspector } from '../../../src/compute/serveInspector';
import type { CaseRole } from '../../../src/norm/normCase';
import type { Method, Params, Result, Subject } from '../../../src/protocol';
import { PlacedError } from '../../../src/tensor/errors';

interface Place {
  readonly uri: string;
  /** The place is that of this part of the text, where it first stands. */
  readonly part: string;
  readonly role?: CaseRole;
}

/** An editor with texts that can be edited, and the inspector of what it shows. */
class Editor {
  /** What was sent, marked and revealed. */
  readonly sent: string[] = [];
  readonly marked: unknown[] = [];
  readonly revealed: string[] = [];
  shown: readonly Place[] = [];
  asked: readonly Place[] = [];
  private readonly versions = new Map<string, number>();
  private readonly line = new MessageChannel();
  private readonly inspector: Peer<InspectorCalls, HostCalls>;

  constructor(
    kind: 'array' | 'arrays',
    readonly texts: Record<string, string>,
  ) {
    serveInspector(this.line.port2, { thing: { kind } satisfies InspectedThing, firstId: 1 });
    this.inspector = new Peer<InspectorCalls, HostCalls>(this.line.port1, {
      texts: async ({ asked, known }) => {
        const places = (asked ? this.asked : this.shown).map(({ uri, part, role }) => {
          const version = this.versions.get(uri) ?? 1;
          const start = this.texts[uri].indexOf(part);
          const ranges = [[start, start + part.length]] as const;
          return { key: `${uri} ${part} ${version}`, uri, version, path: `src/${uri}`, ranges, role };
        });
        const wanted = new Set(places.filter(({ key }) => !known.includes(key)).map(({ uri }) => uri));
        this.sent.push(...wanted);
        return { places, texts: Object.fromEntries([...wanted].map((uri) => [uri, this.texts[uri]])) };
      },
      markText: async (marks) => void this.marked.push(marks),
      revealText: async ({ uri, start, end }) => void this.revealed.push(this.texts[uri].slice(start, end)),
    });
  }

  edit(uri: string, text: string): void {
    this.texts[uri] = text;
    this.versions.set(uri, (this.versions.get(uri) ?? 1) + 1);
  }

  async handle<M extends Method>(method: M, params: Params<M>): Promise<Result<M>> {
    return (await this.inspector.call('handle', { method, params } as InspectorCalls['handle']['params'])) as Result<M>;
  }

  async open(): Promise<Subject> {
    const { subject, problem } = await this.handle('open', {});
    expect(problem).toBeUndefined();
    return subject!;
  }

  read(...places: Place[]): Promise<InspectorCalls['read']['result']> {
    this.asked = places;
    return this.inspector.call('read', null);
  }

  rowAt(uri: string, version: number, part: string): Promise<number | undefined> {
    return this.inspector.call('rowAt', { uri, version, offset: this.texts[uri].indexOf(part) });
  }

  find(text: string, maxLength: number): Promise<InspectorCalls['find']['result']> {
    return this.inspector.call('find', { text, ranges: [[0, text.length]], maxLength });
  }

  close(): void {
    this.line.port1.close();
  }
}

const opened: Editor[] = [];
afterEach(() => opened.splice(0).forEach((editor) => editor.close()));

function edit(texts: Record<string, string>, kind: 'array' | 'arrays' = 'array'): Editor {
  const editor = new Editor(kind, texts);
  opened.push(editor);
  return editor;
}

const layer = ['eps = 1e-5', 'x = [', '  [1, 2, 3],', '  [4, NaN, 6],', ']', ''].join('\n');
const x = { uri: 'layer.py', part: layer.slice(layer.indexOf('[')).trim() };

describe('an array in a text', () => {
  it('is read once for each version of its text, however often it is asked for', async () => {
    const editor = edit({ 'layer.py': layer });
    const [found] = await editor.read(x);
    expect(found).toEqual({ ranges: [[layer.indexOf('['), layer.lastIndexOf(']') + 1]], name: 'x (layer.py:2)' });
    editor.shown = [x];
    const subject = await editor.open();
    expect(subject).toMatchObject({ title: 'x', place: 'src/layer.py, line 2', shape: [2, 3], byteLength: 48 });
    await editor.open();
    expect(editor.sent).toEqual(['layer.py']);
    editor.edit('layer.py', layer.replace('eps', '\neps'));
    expect(await editor.open()).toMatchObject({ place: 'src/layer.py, line 3' });
    expect(editor.sent).toEqual(['layer.py', 'layer.py']);
  });

  it('has its rows marked and shown where they stand, also after an edit', async () => {
    const editor = edit({ 'layer.py': layer });
    editor.shown = [x];
    const { id: subject, spec } = await editor.open();
    await editor.handle('rows', { subject, spec, after: 'normalized' });
    const start = layer.indexOf('[4');
    expect(editor.marked).toMatchObject([
      { uri: 'layer.py', version: 1, marks: [{ start, end: start + '[4, NaN, 6]'.length, severity: 'error' }] },
    ]);
    await editor.handle('revealRow', { subject, spec, row: 1 });
    editor.edit('layer.py', `# moved\n${layer}`);
    await editor.handle('revealRow', { subject, spec, row: 0 });
    await editor.handle('revealElement', { subject, row: 1, column: 1 });
    expect(editor.revealed).toEqual(['[4, NaN, 6]', '[1, 2, 3]', 'NaN']);
  });

  it('tells the row at a place of the version that is shown, and of no other', async () => {
    const editor = edit({ 'layer.py': layer });
    editor.shown = [x];
    await editor.open();
    expect(await editor.rowAt('layer.py', 1, '6')).toBe(1);
    expect(await editor.rowAt('layer.py', 1, 'x')).toBeUndefined();
    editor.edit('layer.py', `# moved\n${layer}`);
    expect(await editor.rowAt('layer.py', 2, '6')).toBeUndefined();
    await editor.open();
    expect(await editor.rowAt('layer.py', 2, '6')).toBe(1);
    expect(await editor.rowAt('layer.py', 1, '6')).toBeUndefined();
  });

  it('is refused with its place, and what is shown stays', async () => {
    const editor = edit({ 'layer.py': layer, 'ragged.py': 'y = [[1, 2],\n [3]]' });
    editor.shown = [x];
    const { id: subject, spec } = await editor.open();
    const refused = editor.read({ uri: 'ragged.py', part: '[[1, 2],\n [3]]' });
    await expect(refused).rejects.toBeInstanceOf(PlacedError);
    await expect(refused).rejects.toMatchObject({
      message: expect.stringMatching(/^Line 2, column 2: .*1/),
      uri: 'ragged.py',
      start: editor.texts['ragged.py'].indexOf('[3]'),
    });
    await editor.handle('revealRow', { subject, spec, row: 0 });
    expect(editor.revealed).toEqual(['[1, 2, 3]']);
    expect(editor.sent).toEqual(['layer.py', 'ragged.py']);
  });
});

describe('an array that joins another', () => {
  it('comes from its own text, without the first being read again', async () => {
    const editor = edit({ 'layer.py': `${layer}b = [0.5, 0, 1]`, 'weights.py': '\ngamma = [1, 2, 3]' });
    const weight = { uri: 'weights.py', part: '[1, 2, 3]', role: 'weight' } as const;
    const bias = { uri: 'layer.py', part: '[0.5, 0, 1]', role: 'bias' } as const;
    editor.shown = [x];
    await editor.open();
    await editor.read(x, weight);
    expect(editor.sent).toEqual(['layer.py', 'weights.py']);
    editor.shown = [x, weight, bias];
    const { roles } = await editor.open();
    expect(roles).toEqual({ weight: 'gamma, src/weights.py, line 2', bias: 'b, line 6' });
  });

  it('of the same object may not fit, which the page tells', async () => {
    const editor = edit({ 'case.json': '{"x": [[1, 2, 3]], "weight": [1, 2]}' });
    editor.shown = [{ uri: 'case.json', part: editor.texts['case.json'] }];
    expect(await editor.read(...editor.shown)).toMatchObject([{ name: 'x (case.json:1)' }]);
    expect(await editor.handle('open', {})).toMatchObject({ problem: { message: expect.stringContaining('(2)') } });
  });

  it('is refused where it does not fit', async () => {
    const editor = edit({ 'layer.py': layer, 'weights.py': '[1, 2]' });
    editor.shown = [x];
    await editor.open();
    await expect(editor.read(x, { uri: 'weights.py', part: '[1, 2]', role: 'weight' })).rejects.toThrow('2');
    expect((await editor.open()).roles).toEqual({});
  });
});

describe('an array in any text', () => {
  it('is found without being shown, or is none, or is too long', async () => {
    const editor = edit({ 'layer.py': layer });
    editor.shown = [x];
    await editor.open();
    expect(await editor.find('y = [1, 2]', 100)).toMatchObject({ array: { shape: [2] }, ranges: [[4, 10]] });
    expect(await editor.find('for (;;) {}', 100)).toBeUndefined();
    await expect(editor.find('[1, 2]', 5)).rejects.toThrow('longer than 5 characters');
    expect(await editor.rowAt('layer.py', 1, '6')).toBe(1);
  });
});

describe('two arrays', () => {
  const options = { simulation: { blocks: 4, init: 'xavier' } } as const;
  const pair = [
    { uri: 'a.py', part: '[[1, 2], [3, 4]]' },
    { uri: 'b.py', part: '[[1, 2], [3, 5]]' },
  ];

  it('are compared, and their worst element is selected in both', async () => {
    const editor = edit({ 'a.py': 'a = [[1, 2], [3, 4]]', 'b.py': '\n[[1, 2], [3, 5]]' }, 'arrays');
    expect((await editor.read(...pair)).map(({ name }) => name)).toEqual(['a (a.py:1)', 'b.py:2:1']);
    editor.shown = pair;
    const { sentences } = await editor.handle('overview', { view: 'compare', options });
    expect(sentences[0].text).toBe('a (a.py:1) differs from b.py:2:1: it is off by 16.01 % of its norm, by 1 at most.');
    const { places } = sentences.find((sentence) => sentence.places)!;
    await editor.handle('revealCompared', places![0]);
    await editor.handle('revealCompared', places![1]);
    expect(editor.revealed).toEqual(['4', '5']);
  });

  it('are refused where they are of two shapes', async () => {
    const editor = edit({ 'a.py': 'a = [[1, 2], [3, 4]]', 'b.py': '[1, 2]' }, 'arrays');
    await expect(editor.read(pair[0], { uri: 'b.py', part: '[1, 2]' })).rejects.toThrow(
      'a (a.py:1) is (2, 2) and b.py:1:1 is (2): only arrays of the same shape are compared.',
    );
  });
});
