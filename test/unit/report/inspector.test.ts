import { describe, expect, it } from 'vitest';
import { LiteralError } from '../../../src/tensor/errors';
import { Inspector, StaleError, type InspectorSource, type MarkedRows } from '../../../src/report/inspector';
import { caseOfArray } from '../../../src/report/literalCase';
import { literalAt } from '../../../src/text/literals';
import { inspectorOf } from './dumpInspector';

const preln = 'test/fixtures/dumps/preln.safetensors';
const never = new AbortController().signal;

describe('Inspector on a dump', () => {
  it('opens with the listing and the input of the first norm, its weight, bias and gradients beside it', async () => {
    const { listing, subject } = await (await inspectorOf(preln)).open(undefined, never);
    expect(listing!.tensors).toHaveLength(113);
    expect(listing!.cases).toHaveLength(13);
    expect(subject).toMatchObject({
      title: 'blocks.0.ln1.input',
      place: 'preln.safetensors',
      shape: [2, 5, 128],
      specOrigin: 'stated by the file',
      roles: { weight: 'blocks.0.ln1.weight', bias: 'blocks.0.ln1.bias', gradOutput: 'blocks.0.ln1.grad_output' },
    });
  });

  it('brings back the tensor that was shown before, or its own choice if that is gone', async () => {
    const inspector = await inspectorOf(preln);
    expect((await inspector.open('blocks.5.resid_post', never)).subject!.title).toBe('blocks.5.resid_post');
    expect((await inspector.open('gone', never)).subject!.title).toBe('blocks.0.ln1.input');
  });

  it('shows every row of a tensor of which only the first are held', async () => {
    const rowsOf = async (maxValues?: number) => {
      const inspector = await inspectorOf(preln, maxValues);
      const { id: subject, spec, shape } = (await inspector.open(undefined, never)).subject!;
      return { shape, report: await inspector.handle('rows', { subject, spec, after: 'output' }, never) };
    };
    const { shape, report } = await rowsOf(400);
    expect(shape).toEqual([1, 3, 128]);
    expect(report).toMatchObject({ rowCount: 10, hasOutput: true, after: 'output' });
    const { report: whole } = await rowsOf();
    expect(whole).toMatchObject({ rowCount: 10, hasOutput: true, after: 'output' });
    whole.points.varianceBefore.forEach((variance, row) => {
      expect(report.points.varianceBefore[row]).toBeCloseTo(variance, 12);
      expect(report.points.varianceAfter[row]).toBeCloseTo(whole.points.varianceAfter[row], 12);
      expect(report.points.meanAfter[row]).toBeCloseTo(whole.points.meanAfter[row], 12);
    });
    expect(report.stats.mean).toBeCloseTo(whole.stats.mean, 12);
  });

  it('says which rows it shows where what a norm makes of all of them does not follow from their moments', async () => {
    const inspector = await inspectorOf(preln, 400);
    const { id: subject, spec } = (await inspector.open(undefined, never)).subject!;
    const half = { ...spec, computeDtype: 'float16' as const };
    const report = await inspector.handle('rows', { subject, spec: half, after: 'normalized' }, never);
    expect(report).toMatchObject({ rowCount: 3, hasOutput: true });
    expect(report.note).toContain('These are the rows of the first (1, 3, 128) of (2, 5, 128): what float16 makes');
  });

  it('fills every view', async () => {
    const inspector = await inspectorOf(preln);
    const { id: subject, spec } = (await inspector.open(undefined, never)).subject!;
    const rows = await inspector.handle('rows', { subject, spec, after: 'normalized' }, never);
    expect(rows.points.row).toHaveLength(10);
    const features = await inspector.handle(
      'features',
      { subject, spec, affine: true, weightScale: 1, biasShift: 0 },
      never,
    );
    expect(features.points.feature).toHaveLength(128);
    const gradients = await inspector.handle('gradients', { subject, spec }, never);
    expect(gradients.passed).toBe(true);
    expect(gradients.split.full).toHaveLength(128);
    const values = await inspector.handle(
      'values',
      { subject, startRow: 9, endRow: 12, startColumn: 126, endColumn: 200 },
      never,
    );
    expect(values.rows).toHaveLength(1);
    expect(values.rows[0]).toHaveLength(2);
  });

  it('shows a single number, such as the loss, as a row of one', async () => {
    const inspector = await inspectorOf(preln);
    const { id: subject, shape, spec } = await inspector.handle('choose', { tensor: 'loss' }, never);
    expect(shape).toEqual([1]);
    const { stats } = await inspector.handle('rows', { subject, spec, after: 'normalized' }, never);
    expect(stats.mean).toBeCloseTo(1.6302509, 7);
  });

  it('takes the gradient of a row apart so that the parts add up to the whole', async () => {
    const inspector = await inspectorOf(preln);
    const { id: subject, spec } = (await inspector.open(undefined, never)).subject!;
    const { split } = await inspector.handle('gradients', { subject, spec, row: 3 }, never);
    expect(split.row).toBe(3);
    split.full.forEach((value, i) => {
      const sum = split.heldConstant[i] + split.meanCorrection[i] + split.varianceCorrection[i];
      expect(sum).toBeCloseTo(value, 12);
    });
  });

  it('answers for the tensor shown now, not for one shown before', async () => {
    const inspector = await inspectorOf(preln);
    const before = (await inspector.open(undefined, never)).subject!;
    await inspector.handle('choose', { tensor: 'blocks.1.ln1.input' }, never);
    await expect(
      inspector.handle('rows', { subject: before.id, spec: before.spec, after: 'normalized' }, never),
    ).rejects.toThrow(StaleError);
  });

  it('reads only the first rows of a tensor over the limit, and says so', async () => {
    const { subject } = await (await inspectorOf(preln, 5 * 128)).open(undefined, never);
    expect(subject!.shape).toEqual([1, 5, 128]);
    expect(subject!.notes[0]).toContain('first (1, 5, 128) of (2, 5, 128)');
    const cut = await (await inspectorOf(preln, 3 * 128)).open(undefined, never);
    expect(cut.subject!.shape).toEqual([1, 3, 128]);
  });
});

describe('Inspector on an array', () => {
  const literalSource = (text: string, revealed: number[][]): InspectorSource => ({
    load: async () => {
      const { case: normCase, title, roles, specOrigin } = caseOfArray(literalAt(text, 1)!);
      return { case: normCase, about: { title, place: 'here', byteLength: 0, roles, specOrigin, notes: [] } };
    },
    revealRows: async (start, end) => void revealed.push([start, end]),
    revealSource: async () => {},
  });

  it('marks the rows that stand out where they stand in the text', async () => {
    const marked: MarkedRows[] = [];
    const source = literalSource('[[[1, 2], [3, NaN]], [[5, 6], [7, 8]]]', []);
    const inspector = new Inspector({ ...source, markRows: async (marks) => void marked.push(...marks) });
    const { id: subject, spec } = (await inspector.open(undefined, never)).subject!;
    await inspector.handle('rows', { subject, spec: { ...spec, axes: [-2, -1] }, after: 'normalized' }, never);
    expect(marked).toMatchObject([{ start: 0, end: 2, severity: 'error' }]);
    expect(marked[0].message).toContain('NaN');
  });

  it('reveals as many rows of the text as one row of the norm spans', async () => {
    const revealed: number[][] = [];
    const inspector = new Inspector(literalSource('[[[1, 2], [3, 4]], [[5, 6], [7, 8]]]', revealed));
    const { id: subject, spec } = (await inspector.open(undefined, never)).subject!;
    await inspector.handle('revealRow', { subject, spec, row: 1 }, never);
    await inspector.handle('revealRow', { subject, spec: { ...spec, axes: [-2, -1] }, row: 1 }, never);
    expect(revealed).toEqual([
      [1, 2],
      [2, 4],
    ]);
  });

  it('opens with the problem where the text is no array', async () => {
    const { subject, problem } = await new Inspector(literalSource('[[1, 2], [3]]', [])).open(undefined, never);
    expect(subject).toBeUndefined();
    expect(problem!.message).toMatch(/[Rr]ow 1/);
    expect(() => literalAt('[[1, 2], [3]]', 1)).toThrow(LiteralError);
  });
});
