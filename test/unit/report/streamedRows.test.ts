import { describe, expect, it } from 'vitest';
import { MemorySource } from '../../../src/formats/byteSource';
import { SameThread } from '../../../src/compute/sameThread';
import { rowsMoments } from '../../../src/compute/tensorMoments';
import { defaultSpec, type NormSpec } from '../../../src/norm/normSpec';
import { rowsReport } from '../../../src/report/rowsReport';
import { StreamedRows } from '../../../src/report/streamedRows';
import { statsOf } from '../../../src/report/tensorStats';
import { rowsOf } from './normRun';

const rows = [
  [20, 50, 60, 80, 90],
  [1e-3, 2e-3, 3e-3, 4e-3, 5e-3],
  [7, 7, 7, 7, 7],
  [1, NaN, Infinity, 2, NaN],
  [1, Infinity, 3, 4, 5],
];

/** The rows as they are known of a large tensor. */
async function streamed(spec: NormSpec): Promise<StreamedRows> {
  const shape = [rows.length, rows[0].length];
  const source = new MemorySource(new Uint8Array(Float64Array.from(rows.flat()).buffer));
  const ref = {
    name: 'x',
    dtype: 'float64',
    shape,
    source,
    byteOffset: 0,
    strides: [40, 8],
    littleEndian: true,
  } as const;
  const { table, all } = await rowsMoments(ref, spec.axes, new SameThread());
  return new StreamedRows(spec, shape, { columns: table.columns, stats: statsOf(all) }, false);
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
  ])('are reported as those whose values are there: %j', async (choices) => {
    const spec = { ...defaultSpec(choices.kind), ...choices };
    const expected = rowsReport(rowsOf(rows, choices.kind, spec), 'normalized');
    const found = rowsReport(await streamed(spec), 'normalized');
    for (const key of ['meanBefore', 'varianceBefore', 'meanAfter', 'varianceAfter'] as const) {
      found.points[key].forEach((value, row) => {
        const wanted = expected.points[key][row];
        if (Number.isFinite(wanted)) {
          expect(Math.abs(value - wanted), `${key} of row ${row}`).toBeLessThanOrEqual(
            1e-12 * Math.max(1, Math.abs(wanted)),
          );
        } else {
          expect(value, `${key} of row ${row}`).toBe(wanted);
        }
      });
    }
    expect(found.stats.mean).toBeCloseTo(expected.stats.mean, 12);
    expect(found.markCounts).toEqual(expected.markCounts);
    expect(found.marks.map(({ row, severity }) => [row, severity])).toEqual(
      expected.marks.map(({ row, severity }) => [row, severity]),
    );
  });

  it('say what a row holds that is not finite', async () => {
    const { marks } = rowsReport(await streamed(defaultSpec('layer_norm')), 'normalized');
    expect(marks.find(({ row }) => row === 3)!.message).toContain('Row 3 holds 2 NaN and 1 Inf, so');
  });

  it('are x̂ afterwards, also where y is asked for', async () => {
    expect(rowsReport(await streamed(defaultSpec('layer_norm')), 'output').after).toBe('normalized');
  });
});
