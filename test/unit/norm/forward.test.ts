import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forward } from '../../../src/norm/forward';
import { defaultSpec, type NormSpec } from '../../../src/norm/normSpec';
import type { Affine } from '../../../src/norm/parameters';
import { Random } from '../../../src/norm/random';
import { expectClose } from './expectClose';

const layerNorm = defaultSpec('layer_norm');
const rmsNorm = defaultSpec('rms_norm');

/** Runs the norm on rows of equal length. */
function run(spec: NormSpec, rows: readonly (readonly number[])[], affine: Affine = {}) {
  return forward(spec, [rows.length, rows[0].length], Float64Array.from(rows.flat()), affine);
}

describe('examples for pencil and paper', () => {
  const { examples } = JSON.parse(readFileSync('test/fixtures/paper/examples.json', 'utf8'));

  it('the scores become z-values for eps 0', () => {
    const { y, mean, variance } = run({ ...layerNorm, eps: 0 }, [examples.scores.x]);
    expectClose(y, examples.scores.z, 1e-15);
    expect([mean[0], variance[0]]).toEqual([60, 600]);
    const sample = run({ ...layerNorm, eps: 0, divisor: 'n-1' }, [examples.scores.x]);
    expectClose(sample.y, examples.scores.z_sample, 1e-15);
    expect(sample.variance[0]).toBe(examples.scores.var_sample);
  });

  const named = Object.entries<any>(examples).filter(([, { op }]) => op === 'layer_norm' || op === 'rms_norm');
  it.each(named)('%s', (_, { op, x, eps, gamma, beta, y, xhat, mean, var: variance, rms }) => {
    const found = run({ ...defaultSpec(op), eps }, x, {
      weight: Float64Array.from(gamma),
      bias: beta && Float64Array.from(beta),
    });
    expectClose(found.y, y.flat(), 1e-15);
    if (op === 'layer_norm') {
      expectClose(found.normalized, xhat.flat(), 1e-15);
      expectClose(found.mean, mean, 1e-15);
      expectClose(found.variance, variance, 1e-15);
    } else {
      expectClose(found.variance.map(Math.sqrt), rms, 1e-15);
    }
  });
});

describe('regimes', () => {
  it('constant rows give exactly the bias', () => {
    const bias = Float64Array.of(0.25, -3, 7);
    for (const value of [0, 0.1, 1234, 1000.3, -1e30, 1.7e308, 5e-324]) {
      const { y, mean, variance } = run(layerNorm, [[value, value, value]], { bias });
      expect(y).toEqual(bias);
      expect([mean[0], variance[0]]).toEqual([value, 0]);
    }
    expect(run(layerNorm, [new Array(256).fill(1234)]).y).toEqual(new Float64Array(256));
  });

  it('constant rows with eps 0 are NaN, as in PyTorch, and spoil no other row', () => {
    const { y } = run({ ...layerNorm, eps: 0 }, [
      [2, 2],
      [1, 3],
    ]);
    expect(Array.from(y)).toEqual([NaN, NaN, -1, 1]);
    expect(run({ ...rmsNorm, eps: 0 }, [[0, 0]]).y).toEqual(Float64Array.of(NaN, NaN));
  });

  it.each([40000, 80000])('%d, +1, +2, +3 does not cancel', (base) => {
    const { y } = run(layerNorm, [[base, base + 1, base + 2, base + 3]]);
    expectClose(y, run(layerNorm, [[0, 1, 2, 3]]).y, 1e-15);
    expectClose(y, [-1.341635, -0.447212, 0.447212, 1.341635], 1e-6);
  });

  it('10000 + i · 2^-10 does not cancel', () => {
    const ramp = Array.from({ length: 100 }, (_, i) => i * 2 ** -10);
    const offset = run(layerNorm, [ramp.map((value) => 10000 + value)]);
    expectClose(offset.y, run(layerNorm, [ramp]).y, 1e-14);
    expectClose(offset.variance, run(layerNorm, [ramp]).variance, 1e-14);
  });

  it.each(['layer_norm', 'rms_norm'] as const)('%s of rows near the ends of float64 is as of ordinary ones', (kind) => {
    const row = [1, -2, 4, 0.5];
    const spec = { ...defaultSpec(kind), eps: 0 };
    const ordinary = run(spec, [row]);
    for (const scale of [2 ** 1021, 2 ** -1060]) {
      const extreme = run(spec, [row.map((value) => value * scale)]);
      expect(extreme.y).toEqual(ordinary.y);
      expect(extreme.mean[0]).toBe(ordinary.mean[0] * scale);
    }
    const huge = run(defaultSpec(kind), [row.map((value) => value * 2 ** 1021)]);
    expect(huge.y).toEqual(ordinary.y);
    expect(huge.variance[0]).toBe(Infinity);
  });

  it('a row of tiny values is divided by √eps', () => {
    const { y, rstd } = run({ ...layerNorm, eps: 1e-4 }, [[1e-200, -1e-200]]);
    expect(rstd[0]).toBeCloseTo(100, 12);
    expectClose(y, [1e-198, -1e-198], 1e-15);
  });

  it('a row of one element is 0 for layer_norm and its sign for rms_norm', () => {
    expect(run(layerNorm, [[5]]).y[0]).toBe(0);
    expect(run({ ...rmsNorm, eps: 0 }, [[-5]]).y[0]).toBe(-1);
    expect(run({ ...layerNorm, divisor: 'n-1' }, [[5]]).y[0]).toBeNaN();
  });

  it.each([
    [0, 4],
    [3, 0],
  ])('shape (%d, %d) has nothing in it', (rows, cols) => {
    const { y, mean } = forward(layerNorm, [rows, cols], new Float64Array(0), { weight: new Float64Array(cols) });
    expect([y.length, mean.length]).toEqual([0, rows]);
  });

  it('NaN and Inf spoil their own row only', () => {
    const rows = [
      [1, 2, 4],
      [1, NaN, 4],
      [1, Infinity, 4],
      [-1, 0, 5],
    ];
    const ln = run(layerNorm, rows).y;
    expect(Array.from(ln.subarray(3, 9)).every(Number.isNaN)).toBe(true);
    expect(Array.from(ln.subarray(0, 3))).toEqual(Array.from(run(layerNorm, [rows[0]]).y));
    expect(Array.from(ln.subarray(9))).toEqual(Array.from(run(layerNorm, [rows[3]]).y));
    expect(Array.from(run(rmsNorm, rows).y.subarray(3, 9))).toEqual([NaN, NaN, NaN, 0, NaN, 0]);
  });
});

describe('conventions', () => {
  const row = [1, 2, 4, 7];
  const variance = 5.25;

  it.each([
    ['inside', Math.sqrt(variance + 0.5)],
    ['outside', Math.sqrt(variance) + 0.5],
    ['clamp', Math.sqrt(variance)],
  ] as const)('eps %s', (epsPlace, denominator) => {
    const { y, rstd } = run({ ...layerNorm, eps: 0.5, epsPlace }, [row]);
    expectClose(rstd, [1 / denominator], 1e-15);
    expectClose(
      y,
      row.map((value) => (value - 3.5) / denominator),
      1e-15,
    );
  });

  it('clamp takes eps where the deviation is smaller', () => {
    expect(run({ ...layerNorm, eps: 10, epsPlace: 'clamp' }, [row]).rstd[0]).toBe(0.1);
  });

  it('divisor n − 1 equals n with eps · d / (d − 1) and γ · √((d − 1) / d)', () => {
    const unbiased = run({ ...layerNorm, eps: 0.5, divisor: 'n-1' }, [row]);
    const biased = run({ ...layerNorm, eps: (0.5 * 3) / 4 }, [row], {
      weight: new Float64Array(4).fill(Math.sqrt(3 / 4)),
    });
    expectClose(unbiased.y, biased.y, 1e-15);
  });

  it('weight offset 1 scales by 1 + weight, and by 1 without a weight', () => {
    const spec = { ...rmsNorm, weightOffset: 1 } as const;
    const plain = run(rmsNorm, [row]).y;
    expectClose(
      run(spec, [row], { weight: Float64Array.of(0, 1, -1, 0.5) }).y,
      [1, 2, 0, 1.5].map((s, c) => s * plain[c]),
      1e-15,
    );
    expect(run(spec, [row]).y).toEqual(plain);
  });

  it('normalizes several axes jointly', () => {
    const x = new Random(1).normals(24);
    const joint = forward({ ...layerNorm, axes: [-2, -1] }, [2, 3, 4], x, {});
    expect(joint.y).toEqual(forward(layerNorm, [2, 12], x, {}).y);
    expect(joint.mean).toHaveLength(2);
  });

  it('refuses arrays of the wrong length', () => {
    expect(() => forward(layerNorm, [1, 4], new Float64Array(3), {})).toThrow('x has 3 values, needs 4.');
    expect(() => run(layerNorm, [row], { weight: new Float64Array(3) })).toThrow('weight has 3 values, needs 4.');
    expect(() => run(layerNorm, [row], { bias: new Float64Array(5) })).toThrow('bias has 5 values, needs 4.');
  });
});

describe('identities', () => {
  const rowOf = (length: number, seed: number) => Array.from(new Random(seed).normals(length));
  const seeds = fc.integer();
  const lengths = fc.integer({ min: 2, max: 40 });

  it('shifting a row leaves layer_norm as it is', () => {
    fc.assert(
      fc.property(seeds, lengths, fc.integer({ min: -(2 ** 20), max: 2 ** 20 }), (seed, length, shift) => {
        // Multiples of 2^-20 stay exact when shifted.
        const row = rowOf(length, seed).map((value) => Math.round(value * 2 ** 20) / 2 ** 20);
        const shifted = row.map((value) => value + shift);
        expectClose(run(layerNorm, [shifted]).y, run(layerNorm, [row]).y, 1e-13);
      }),
    );
  });

  it('scaling a row and eps with it leaves both kinds as they are, but for the sign', () => {
    fc.assert(
      fc.property(seeds, lengths, fc.constantFrom(3, -2, 1e-3, 1e4), (seed, length, factor) => {
        const row = rowOf(length, seed);
        for (const spec of [layerNorm, rmsNorm]) {
          const scaled = run({ ...spec, eps: spec.eps * factor ** 2 }, [row.map((value) => value * factor)]);
          expectClose(
            scaled.y,
            run(spec, [row]).y.map((value) => Math.sign(factor) * value),
            1e-12,
          );
        }
      }),
    );
  });

  it('layer_norm is rms_norm of the centred row', () => {
    fc.assert(
      fc.property(seeds, lengths, (seed, length) => {
        const row = rowOf(length, seed);
        const mean = row.reduce((sum, value) => sum + value, 0) / length;
        const deviations = row.map((value) => value - mean);
        const centred = run({ ...rmsNorm, eps: 1e-5 }, [deviations]);
        // The mean is right to its own last places only, whatever is left of the row without it.
        const largest = Math.max(...deviations.map(Math.abs));
        expectClose(run(layerNorm, [row]).y, centred.y, 1e-13 * (1 + Math.abs(mean) / largest));
      }),
    );
  });

  it('the mean square of x̂ is v / (v + eps)', () => {
    fc.assert(
      fc.property(seeds, lengths, fc.double({ min: 1e-12, max: 1, noNaN: true }), (seed, length, eps) => {
        const { normalized, variance } = run({ ...layerNorm, eps }, [rowOf(length, seed)]);
        const meanSquare = normalized.reduce((sum, value) => sum + value * value, 0) / length;
        expectClose([meanSquare], [variance[0] / (variance[0] + eps)], 1e-13);
      }),
    );
  });
});
