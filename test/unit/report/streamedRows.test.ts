import { describe, expect, it } from 'vitest';
import { MemorySource } from '../../../src/formats/byteSource';
import { openDump } from '../../../src/formats/openDump';
import { partAxis } from '../../../src/formats/partAxis';
import { writeNpy } from '../../../src/formats/writeNpy';
import { SameThread } from '../../../src/compute/sameThread';
import { rowsMoments } from '../../../src/compute/tensorMoments';
import { defaultSpec, type NormSpec } from '../../../src/norm/normSpec';
import type { NormParameters } from '../../../src/norm/parameters';
import { rowAxes } from '../../../src/norm/rowAxes';
import { NormRun } from '../../../src/report/normRun';
import { rowsOfRun } from '../../../src/report/normedRows';
import { rowsReport, withOutput, type RowsReport } from '../../../src/report/rowsReport';
import { StreamedRows, whyNotStreamed, type ReadRow } from '../../../src/report/streamedRows';
import { statsOf } from '../../../src/report/tensorStats';
import type { Tensor } from '../../../src/tensor/tensor';
import { rowsOf, tensorOf, vectorOf } from './normRun';

const rows = [
  [20, 50, 60, 80, 90],
  [1e-3, 2e-3, 3e-3, 4e-3, 5e-3],
  [7, 7, 7, 7, 7],
  [1, NaN, Infinity, 2, NaN],
  [1, Infinity, 3, 4, 5],
];

/** The rows of a tensor as they are known where it is too large to be held. */
async function streamed(
  spec: NormSpec,
  x = tensorOf('x', rows),
  parameters: NormParameters = {},
  readRow?: ReadRow,
): Promise<StreamedRows> {
  const source = new MemorySource(writeNpy(x));
  const [ref] = (await openDump(source, 'x.npy')).tensors;
  const { axes, parted } = rowAxes(spec, x.shape.length);
  const view = parted ? partAxis(ref, parted.axis, parted.parts) : ref;
  const { table, all } = await rowsMoments(view, axes, new SameThread());
  return new StreamedRows(spec, x.shape, { columns: table.columns, stats: statsOf(all) }, parameters, readRow);
}

/** Whether two reports say the same of every row, to rounding. */
function expectSameRows(found: RowsReport, expected: RowsReport): void {
  expect(found).toMatchObject({
    after: expected.after,
    rowCount: expected.rowCount,
    rowLength: expected.rowLength,
    leadingShape: expected.leadingShape,
    markCounts: expected.markCounts,
  });
  for (const key of ['meanBefore', 'varianceBefore', 'meanAfter', 'varianceAfter'] as const) {
    found.points[key].forEach((value, row) => {
      const wanted = expected.points[key][row];
      if (Number.isFinite(wanted)) {
        const distance = Math.abs(value - wanted);
        expect(distance, `${key} of row ${row}`).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(wanted)));
      } else {
        expect(value, `${key} of row ${row}`).toBe(wanted);
      }
    });
  }
}

describe('rows known by their moments alone', () => {
  it.each<Partial<NormSpec> & Pick<NormSpec, 'kind'>>([
    { kind: 'layer_norm' },
    { kind: 'layer_norm', eps: 1e-12 },
    { kind: 'layer_norm', eps: 1e-3, epsPlace: 'outside' },
    { kind: 'layer_norm', eps: 1e-2, epsPlace: 'clamp' },
    { kind: 'layer_norm', divisor: 'n-1' },
    { kind: 'rms_norm' },
    { kind: 'rms_norm', eps: 0 },
    { kind: 'rms_norm', secondMoment: 'central' },
    { kind: 'l2_norm' },
    { kind: 'l2_norm', eps: 1e-3, epsPlace: 'inside' },
    { kind: 'scale_norm' },
  ])('are reported as those whose values are there: %j', async (choices) => {
    const spec = { ...defaultSpec(choices.kind), ...choices };
    const expected = rowsReport(rowsOf(rows, choices.kind, spec), 'normalized');
    const found = rowsReport(await streamed(spec), 'normalized');
    expectSameRows(found, expected);
    expect(found.stats.mean).toBeCloseTo(expected.stats.mean, 12);
    expect(found.marks.map(({ row, severity }) => [row, severity])).toEqual(
      expected.marks.map(({ row, severity }) => [row, severity]),
    );
  });

  it('say what a row holds that is not finite', async () => {
    const { marks } = rowsReport(await streamed(defaultSpec('layer_norm')), 'normalized');
    expect(marks.find(({ row }) => row === 3)!.message).toContain('Row 3 holds 2 NaN and 1 Inf, so');
  });

  it.each<Partial<NormSpec> & Pick<NormSpec, 'kind'>>([
    { kind: 'layer_norm', axes: [0, 2] },
    { kind: 'batch_norm', training: true },
    { kind: 'batch_norm', training: true, channelAxis: -1 },
    { kind: 'batch_norm' },
    { kind: 'instance_norm' },
    { kind: 'instance_norm', training: true },
    { kind: 'group_norm', numGroups: 3 },
    { kind: 'group_norm', numGroups: 2, channelAxis: -1 },
    { kind: 'scale_norm' },
  ])('run along any axes and through channels and groups: %j', async (choices) => {
    const spec = { ...defaultSpec(choices.kind), ...choices };
    const x = images();
    const channels = spec.channelAxis === 1 ? 6 : 4;
    const tracked = {
      runningMean: vectorOf('runningMean', sines(channels)),
      runningVar: vectorOf('runningVar', sines(channels).map(Math.exp)),
    };
    const run = new NormRun({ spec, x, ...(spec.training || !isTracking(spec) ? {} : tracked) });
    for (const after of ['normalized', 'output'] as const) {
      const found = await streamed(spec, x, run.parameters);
      if (after === 'normalized' || found.output) {
        expectSameRows(rowsReport(found, after), rowsReport(rowsOfRun(run), after));
      }
    }
  });

  it.each<Partial<NormSpec> & Pick<NormSpec, 'kind'>>([
    { kind: 'batch_norm', training: true },
    { kind: 'instance_norm', weightOffset: 1 },
    { kind: 'scale_norm' },
  ])('are known with γ and β too where those are the same throughout a row: %j', async (choices) => {
    const spec = { ...defaultSpec(choices.kind), ...choices };
    const x = images();
    const hasChannels = spec.kind !== 'scale_norm';
    const weight = vectorOf('weight', sines(hasChannels ? 6 : 1));
    const bias = hasChannels ? vectorOf('bias', sines(6).map(Math.exp)) : undefined;
    const run = new NormRun({ spec, x, weight, bias });
    const found = rowsReport(await streamed(spec, x, run.parameters), 'output');
    expect(found).toMatchObject({ after: 'output', hasOutput: true });
    expectSameRows(found, rowsReport(rowsOfRun(run), 'output'));
  });

  it.each<Partial<NormSpec> & Pick<NormSpec, 'kind'>>([
    { kind: 'layer_norm' },
    { kind: 'layer_norm', axes: [-2, -1], epsPlace: 'outside' },
    { kind: 'rms_norm', weightOffset: 1 },
    { kind: 'rms_norm', secondMoment: 'central' },
  ])('are read again, those that are drawn, for γ and β that differ within a row: %j', async (choices) => {
    const spec = { ...defaultSpec(choices.kind), ...choices };
    const x = images();
    const values = x.values as Float64Array;
    const cols = spec.axes.length === 2 ? 12 : 4;
    values[5] = Infinity;
    values[cols * 3] = NaN;
    const [weight, bias] = [vectorOf('weight', sines(cols)), vectorOf('bias', sines(cols).map(Math.exp))];
    const affine = [weight, bias].map((vector) => ({ ...vector, shape: x.shape.slice(-spec.axes.length) }));
    const run = new NormRun({ spec, x, weight: affine[0], bias: affine[1] });
    const rows = await streamed(spec, x, run.parameters, async (row, length) =>
      values.subarray(row * length, (row + 1) * length),
    );
    const found = await withOutput(rowsReport(rows, 'output'), rows, new AbortController().signal);
    expect(found).toMatchObject({ after: 'output', hasOutput: true });
    expect(found.note).toContain('y is that of the rows drawn');
    expectSameRows(found, rowsReport(rowsOfRun(run), 'output'));
  });

  it('are x̂ afterwards, and say so, where γ and β differ within a row that cannot be read again', async () => {
    const parameters = { weight: Float64Array.of(1, 2, 3, 4, 5) };
    const report = rowsReport(await streamed(defaultSpec('layer_norm'), undefined, parameters), 'output');
    expect(report).toMatchObject({ after: 'normalized', hasOutput: false });
    expect(report.note).toContain('after normalization is x̂, without γ and β');
  });

  it.each<[Partial<NormSpec>, string]>([
    [{ kind: 'dyt' }, 'tanh'],
    [{ kind: 'rms_norm', partial: 0.5 }, 'a part of a row'],
    [{ computeDtype: 'bfloat16' }, 'bfloat16'],
  ])('are not known for %j, and it is said why', (choices, why) => {
    expect(whyNotStreamed({ ...defaultSpec('layer_norm'), ...choices })).toContain(why);
  });
});

/** Four images of six channels, or six rows of four channels: (4, 6, 3, 4). */
function images(): Tensor {
  const shape = [4, 6, 3, 4];
  return { name: 'x', dtype: 'float64', shape, values: Float64Array.from(sines(4 * 6 * 3 * 4), (v, i) => v + (i % 7)) };
}

function sines(count: number): number[] {
  return Array.from({ length: count }, (_, i) => Math.sin(i * i + 1));
}

function isTracking({ kind }: NormSpec): boolean {
  return kind === 'batch_norm' || kind === 'instance_norm';
}
