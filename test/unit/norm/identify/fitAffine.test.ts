import { describe, expect, it } from 'vitest';
import { fitAffine } from '../../../../src/norm/identify/fitAffine';
import { rowGeometry } from '../../../../src/norm/geometry';
import { defaultSpec } from '../../../../src/norm/normSpec';
import { Random } from '../../../../src/norm/random';
import { RoundingNoise } from '../../../../src/norm/identify/roundingNoise';

const noise = new RoundingNoise({ unit: 2 ** -24, quantum: 0 });
const statistics = (rows: number) => ({ size: new Float64Array(rows).fill(1), offset: new Float64Array(rows).fill(2) });

/** x̂ of normal numbers and the y that a weight 2, −3 and a bias 5, 7 make of it, with an error on top. */
function made(rows: number, error = 0) {
  const random = new Random(2);
  const normalized = random.normals(rows * 2);
  const y = normalized.map((value, i) => (i % 2 === 0 ? 2 * value + 5 : -3 * value + 7) + error * random.normal());
  const geometry = rowGeometry(defaultSpec('layer_norm'), [rows, 2]);
  return { normalized, y, geometry };
}

describe('fitAffine', () => {
  it('finds the weight and bias of each feature, and that nothing is left', () => {
    const { normalized, y, geometry } = made(20);
    const fitted = fitAffine(geometry, normalized, y, statistics(20), { known: {}, hasBias: true }, noise);
    [2, -3].forEach((value, i) => expect(fitted.weight[i]).toBeCloseTo(value, 12));
    [5, 7].forEach((value, i) => expect(fitted.bias[i]).toBeCloseTo(value, 12));
    expect(fitted.score).toBeLessThan(1e-6);
    expect(fitted.isTold).toBe(true);
  });

  it('lets stand what is known, and fits the rest around it', () => {
    const { normalized, y, geometry } = made(20);
    const known = { weight: Float64Array.of(2, -3) };
    const fitted = fitAffine(geometry, normalized, y, statistics(20), { known, hasBias: true }, noise);
    expect(fitted.weight).toBe(known.weight);
    [5, 7].forEach((value, i) => expect(fitted.bias[i]).toBeCloseTo(value, 12));
  });

  it('scores an error by how often it is what rounding explains', () => {
    const { normalized, y, geometry } = made(2000, 1e-3);
    const fitted = fitAffine(geometry, normalized, y, statistics(2000), { known: {}, hasBias: true }, noise);
    // Rounding explains some 1e-6 here.
    expect(fitted.score).toBeGreaterThan(300);
    expect(fitted.score).toBeLessThan(3000);
  });

  it('judges nothing by two values of a feature, which any weight and bias fit', () => {
    const { normalized, y, geometry } = made(2);
    const fitted = fitAffine(geometry, normalized, y, statistics(2), { known: {}, hasBias: true }, noise);
    expect(fitted.score).toBe(Infinity);
  });

  it('is not told by a weight and bias that cancel on an x̂ that hardly varies', () => {
    const { y, geometry } = made(20);
    const normalized = y.map((value) => 1 + 1e-6 * value);
    const fitted = fitAffine(geometry, normalized, y, statistics(20), { known: {}, hasBias: true }, noise);
    expect(fitted.isTold).toBe(false);
  });
});
