import { describe, expect, it, vi } from 'vitest';
import type { PageState } from '../../../src/protocol';
import type { InspectorSource } from '../../../src/report/inspector';
import { ShapeError } from '../../../src/tensor/errors';
import { Session } from '../../../webview/session';
import { InspectorLink } from './inspectorLink';
import { dumpSource, EditedText, literalSource, type Revealed } from './sources';

const preln = 'media/samples/preln.safetensors';

async function startOnly(source: InspectorSource, saved?: unknown) {
  const link = new InspectorLink(source);
  const kept: PageState[] = [];
  const session = new Session(
    link.host,
    saved,
    (state) => kept.push(state),
    () => {},
  );
  await session.start();
  return { link, session, kept };
}

async function start(source: InspectorSource, saved?: unknown) {
  const started = await startOnly(source, saved);
  await vi.waitUntil(() => started.session.rows.answer.value !== undefined);
  return started;
}

describe('rows', () => {
  it('asks for more points where a chart of the view in front is zoomed to', async () => {
    const text = JSON.stringify(Array.from({ length: 5000 }, (_, row) => [row % 7, (row * row) % 11, 1]));
    const { link, session } = await start(literalSource(text));
    const shown = (from: number, to: number) =>
      session.rows.answer.value!.points.row.filter((row) => row >= from && row < to).length;
    expect(shown(1000, 2000)).toBeLessThan(1000);
    const focus = { of: 'Row', start: 1000, end: 2000 };
    session.lookClosely(focus);
    await vi.waitUntil(() => !session.rows.answer.pending);
    expect(shown(1000, 2000)).toBe(1000);
    session.update({ tab: 'precision' });
    expect(link.asked('rows').map((asked) => asked.focus)).toEqual([undefined, focus, undefined]);
    const chart = () => session.view.answer.value?.charts.find(({ x }) => x.noun === 'Row');
    const { title, x } = await vi.waitUntil(chart);
    session.lookClosely({ ...focus, of: title });
    await vi.waitUntil(() => chart()!.x.positions.length > x.positions.length);
    expect(link.asked('view').map((asked) => asked.focus)).toEqual([undefined, { ...focus, of: title }]);
  });
});

describe('a dump', () => {
  it('opens with its first norm, and asks for no more than the view in front shows', async () => {
    const { link, session } = await start(await dumpSource(preln));
    expect(session.subject!.title).toBe('blocks.0.ln1.input');
    expect(session.rows.answer.value!.rowCount).toBe(10);
    expect([link.asked('features'), link.asked('gradients')]).toEqual([[], []]);
    session.update({ tab: 'affine' });
    expect(link.asked('features')).toHaveLength(1);
  });

  it('hands the views the same convention while statistics of the list come in', async () => {
    const { session } = await start(await dumpSource(preln));
    const { spec } = session;
    await vi.waitUntil(() => session.scan.state.progress === undefined && session.scan.state.tensors.size === 113);
    expect(session.spec).toBe(spec);
    session.update({ choices: { eps: 1e-3 } });
    expect(session.spec).toEqual({ ...spec, eps: 1e-3 });
  });

  it('has its view as a whole made again once the file was written anew', async () => {
    const { link, session } = await start(await dumpSource(preln));
    session.update({ overview: 'depth' });
    await vi.waitUntil(() => session.overview.answer.value !== undefined);
    link.host.receive({ type: 'opened', opened: await link.inspector.open(undefined, new AbortController().signal) });
    expect(session.overview.answer).toMatchObject({ pending: true, value: { charts: expect.anything() } });
    await vi.waitUntil(() => !session.overview.answer.pending);
    expect(link.asked('overview')).toHaveLength(2);
  });

  it('shows the tensor that was chosen last, also when answers are late', async () => {
    const { link, session } = await start(await dumpSource(preln));
    link.hold();
    void session.choose('blocks.1.ln1.input');
    void session.choose('blocks.2.ln1.input');
    expect(session.choosing).toBe('blocks.2.ln1.input');
    await link.settled();
    link.release();
    await link.settled();
    expect(session.subject!.title).toBe('blocks.2.ln1.input');
    expect(session.choosing).toBeUndefined();
    expect(link.sent.filter(({ type }) => type === 'cancel')).toHaveLength(1);
  });

  it('stays with the tensor that is shown when reading another is cancelled', async () => {
    const { link, session } = await start(await dumpSource(preln));
    link.hold();
    void session.choose('blocks.1.ln1.input');
    session.cancel();
    link.release();
    await link.settled();
    expect(session.subject!.title).toBe('blocks.0.ln1.input');
  });

  it('forgets what belonged to a tensor also when the one between cannot be read', async () => {
    const dump = await dumpSource(preln);
    const { session } = await start({
      ...dump,
      load: async (tensor, signal) =>
        tensor === 'tokens' ? Promise.reject(new ShapeError('unreadable')) : dump.load(tensor, signal),
    });
    session.pickRow(4);
    await session.choose('tokens');
    expect([session.subject, session.problem!.message, session.state.tensor]).toEqual([
      undefined,
      'unreadable',
      'tokens',
    ]);
    await session.choose('blocks.1.ln1.input');
    expect(session.problem).toBeUndefined();
    expect(session.state.row).toBeUndefined();
  });

  it('comes back after a reload as it was', async () => {
    const { session, kept } = await start(await dumpSource(preln));
    await session.choose('blocks.3.ln2.input');
    session.update({ tab: 'affine', weightScale: 1.5, biasShift: -1, filter: 'ln2', after: 'output' });
    session.update({ choices: { kind: 'rms_norm', eps: 1e-3 } });
    session.pickRow(4);
    const again = await start(await dumpSource(preln), JSON.parse(JSON.stringify(kept.at(-1))));
    expect(again.session.subject!.title).toBe('blocks.3.ln2.input');
    expect(again.session.spec).toMatchObject({ kind: 'rms_norm', eps: 1e-3 });
    expect(again.session.state).toEqual(session.state);
  });

  it('keeps the convention that was chosen for the next tensor, but not what belonged to the last one', async () => {
    const { session } = await start(await dumpSource(preln));
    session.update({ choices: { kind: 'rms_norm' }, weightScale: 2 });
    session.pickRow(4);
    await session.choose('blocks.1.ln1.input');
    expect(session.spec!.kind).toBe('rms_norm');
    expect(session.state).toMatchObject({ weightScale: 1, row: undefined });
  });
});

describe('an array in a text', () => {
  const text = '[[[1, 2], [3, 4]], [[5, 6], [7, 9]]]';

  it('has the row selected where the cursor stands, without sending the cursor back', async () => {
    const revealed: Revealed = [];
    const { link, session } = await start(literalSource(text, revealed));
    link.host.receive({ type: 'row', row: 3 });
    expect(session.state.row).toBe(3);
    session.update({ choices: { axes: [-2, -1] } });
    expect(session.state.row).toBe(1);
    link.host.receive({ type: 'row', row: 1 });
    expect(session.state.row).toBe(0);
    expect(revealed).toEqual([]);
  });

  it('shows a picked row in the text', async () => {
    const revealed: Revealed = [];
    const { link, session } = await start(literalSource(text, revealed));
    session.pickRow(2);
    await link.settled();
    expect(revealed).toEqual([[2, 3]]);
  });

  it('follows an edit that leaves fewer rows and axes', async () => {
    const edited = new EditedText(literalSource(text));
    const { link, session } = await start(edited);
    session.update({ choices: { axes: [-3, -2, -1] }, tab: 'gradients' });
    edited.become(literalSource('[[1, 2], [3, 5]]'));
    const opened = await link.inspector.open(undefined, new AbortController().signal);
    link.host.receive({ type: 'opened', opened });
    await link.settled();
    expect(session.spec!.axes).toEqual([-1]);
    expect(session.state.tab).toBe('gradients');
    expect(session.rows.answer.value!.rowCount).toBe(2);
  });

  it('drops what was chosen over the convention of an array where the next one states another', async () => {
    const edited = new EditedText(literalSource(text));
    const { link, session } = await start(edited);
    session.update({ choices: { kind: 'rms_norm', eps: 1e-3 } });
    edited.become(literalSource('{"x": [[1, 2], [3, 5]], "eps": 1e-12}'));
    const opened = await link.inspector.open(undefined, new AbortController().signal);
    link.host.receive({ type: 'opened', opened });
    expect(session.spec).toMatchObject({ kind: 'layer_norm', eps: 1e-12 });
  });

  it('turns to the view that a command asks for', async () => {
    const { link, session } = await start(literalSource(text));
    const opened = await link.inspector.open(undefined, new AbortController().signal);
    link.host.receive({ type: 'opened', opened: { ...opened, tab: 'gradients' } });
    expect(session.state.tab).toBe('gradients');
  });

  it('keeps the array in sight when its text cannot be shown', async () => {
    const source = literalSource(text);
    const { session } = await start({
      ...source,
      revealSource: async () => {
        throw new ShapeError('scores.json is gone.');
      },
    });
    await session.revealSource();
    expect(session.problem!.message).toBe('scores.json is gone.');
    expect(session.subject).toBeDefined();
  });

  it('remembers where it was when the host cannot open it, for the next reload', async () => {
    const source = literalSource(text);
    const broken = { ...source, load: () => Promise.reject(new Error('no editor')) };
    const { session, kept } = await startOnly(broken, { source: { start: 7 } });
    expect(session.problem!.message).toBe('no editor');
    expect(kept.at(-1).source).toEqual({ start: 7 });
  });

  it('says what is wrong with the text, and shows the array again once it is mended', async () => {
    const { link, session } = await start(literalSource(text));
    session.pickRow(1);
    link.host.receive({ type: 'opened', opened: { problem: { message: 'Row 1 has 1 number.' } } });
    expect(session.problem!.message).toBe('Row 1 has 1 number.');
    expect(session.subject).toBeUndefined();
    const opened = await link.inspector.open(undefined, new AbortController().signal);
    link.host.receive({ type: 'opened', opened });
    expect(session.problem).toBeUndefined();
    expect(session.state.row).toBe(1);
  });
});
