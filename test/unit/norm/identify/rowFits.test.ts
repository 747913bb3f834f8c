import { describe, expect, it } from 'vitest';
import { FiniteRows } from '../../../../src/norm/identify/finiteRows';
import { rowGeometry } from '../../../../src/norm/geometry';
import { defaultSpec } from '../../../../src/norm/normSpec';
import { RoundingNoise } from '../../../../src/norm/identify/roundingNoise';
import { rowFits } from '../../../../src/norm/identify/rowFits';

const noise = new RoundingNoise({ unit: 2 ** -53, quantum: 0 });
const spec = defaultSpec('layer_norm');
const geometry = rowGeometry(spec, [2, 2]);
const structure = { spec, geometry, affine: geometry };
const ones = new Float64Array(4).fill(1);
const zeros = new Float64Array(4);

describe('rowFits', () => {
  it('finds the factor between the centred x and y', () => {
    const rows = FiniteRows.of(structure, Float64Array.of(1, 5, -3, 3), Float64Array.of(-0.5, 0.5, 1, 3), {});
    const [first, second] = rowFits(rows, ones, zeros, noise);
    expect(first).toMatchObject({ std: 2, rstd: 0.25, energy: 8, residual: 0 });
    // y = (1, 3) is 2 + (−1, 1): a third of x, and a mean of 2 that no factor explains.
    expect(second.rstd).toBeCloseTo(1 / 3, 14);
    expect(second.residual).toBeCloseTo(8, 14);
  });

  it('leaves out rows that the weight wipes out', () => {
    const rows = FiniteRows.of(structure, Float64Array.of(1, 5, -3, 3), Float64Array.of(0, 0, 1, 3), {});
    expect(rowFits(rows, Float64Array.of(0, 0, 1, 1), zeros, noise)).toHaveLength(1);
  });
});
