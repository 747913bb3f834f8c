import { describe, expect, it } from 'vitest';
import { FiniteRows } from '../../../../src/norm/identify/finiteRows';
import { rowGeometry } from '../../../../src/norm/geometry';
import { defaultSpec, type NormSpec } from '../../../../src/norm/normSpec';
import { Random } from '../../../../src/norm/random';

function structureOf(change: Partial<NormSpec>, shape: readonly number[]) {
  const spec = { ...defaultSpec(change.kind ?? 'layer_norm'), ...change };
  const geometry = rowGeometry(spec, shape);
  return { spec, geometry, affine: geometry };
}

describe('FiniteRows', () => {
  it('keeps the rows of x and y that are finite and not constant', () => {
    const x = Float64Array.of(1, 5, 7, 7, NaN, 0, -3, 3, 2, 4);
    const y = Float64Array.of(-1, 1, 0, 0, 0, 0, -1, 1, Infinity, 1);
    const rows = FiniteRows.of(structureOf({}, [5, 2]), x, y, {});
    expect(rows.kept).toEqual([0, 3]);
    expect(Array.from(rows.std)).toEqual([2, 3]);
    // The mean of the first row is 3, one and a half of its deviations.
    expect(Array.from(rows.offset)).toEqual([3.5, 2]);
    expect(Array.from(rows.normalized(rows.std.map((std) => 2 * std)))).toEqual([-0.5, 0.5, -0.5, 0.5]);
    expect(Array.from(rows.y)).toEqual([-1, 1, -1, 1]);
  });

  it('finds the rows of a batch_norm in the columns, and the weight of each', () => {
    const x = Float64Array.of(1, 10, 3, 30);
    const rows = FiniteRows.of(structureOf({ kind: 'batch_norm', training: true }, [2, 2]), x, x, {});
    expect(Array.from(rows.std)).toEqual([1, 10]);
    expect(Array.from(rows.y)).toEqual([1, 3, 10, 30]);
    expect(Array.from(rows.ofFeatures(Float64Array.of(7, 8)))).toEqual([7, 7, 8, 8]);
  });

  it('spreads a part over the smallest and largest variances, with the statistics of whole rows', () => {
    const [count, cols] = [100, 40];
    const random = new Random(5);
    const x = Float64Array.from({ length: count * cols }, (_, i) => (1 + Math.floor(i / cols)) * random.normal());
    const all = FiniteRows.of(structureOf({}, [count, cols]), x, x, {});
    const part = all.spread(10, 4);
    expect([part.geometry.rows, part.geometry.cols, part.z.length]).toEqual([10, 4, 40]);
    expect(Math.min(...part.std)).toBe(Math.min(...all.std));
    expect(Math.max(...part.std)).toBe(Math.max(...all.std));
    expect(part.kept).toEqual(part.kept.toSorted((a, b) => a - b));
    // Columns 0, 13, 26 and 39, of which the weights are taken too.
    const last = part.kept[9] * cols;
    expect(Array.from(part.y.slice(-4))).toEqual([0, 13, 26, 39].map((column) => x[last + column]));
    expect(Array.from(part.held(Float64Array.from({ length: cols }, (_, i) => i)))).toEqual([0, 13, 26, 39]);
  });

  it('looks at about as many values as it is told to, all over x', () => {
    const x = new Random(5).normals(1000 * 8);
    const rows = FiniteRows.of(structureOf({}, [1000, 8]), x, x, {}, 800);
    expect(rows.kept).toHaveLength(100);
    expect(rows.kept.at(-1)).toBe(990);
  });
});
