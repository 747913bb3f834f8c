import { describe, expect, it } from 'vitest';
import { rowGeometry } from '../../../src/norm/geometry';
import { defaultSpec } from '../../../src/norm/normSpec';
import { RoundingNoise } from '../../../src/norm/roundingNoise';
import { rowFits } from '../../../src/norm/rowFits';

const noise = new RoundingNoise({ unit: 2 ** -53, quantum: 0 });
const ones = new Float64Array(4).fill(1);
const geometry = rowGeometry(defaultSpec('layer_norm'), [2, 2]);

describe('rowFits', () => {
  it('finds the factor between the centred x and y', () => {
    const [first, second] = rowFits(
      defaultSpec('layer_norm'),
      geometry,
      Float64Array.of(1, 5, -3, 3),
      Float64Array.of(-0.5, 0.5, 1, 3),
      ones,
      new Float64Array(4),
      noise,
    );
    expect(first).toMatchObject({ variance: 4, rstd: 0.25, energy: 8, residual: 0 });
    // y = (1, 3) is 2 + (−1, 1): a third of x, and a mean of 2 that no factor explains.
    expect(second.rstd).toBeCloseTo(1 / 3, 14);
    expect(second.residual).toBeCloseTo(8, 14);
  });

  it('leaves out rows that are constant or hold NaN', () => {
    const x = Float64Array.of(7, 7, 1, NaN);
    expect(rowFits(defaultSpec('layer_norm'), geometry, x, x, ones, new Float64Array(4), noise)).toEqual([]);
  });
});
