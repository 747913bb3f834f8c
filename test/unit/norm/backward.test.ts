import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backward, splitGradient } from '../../../src/norm/backward';
import { rowGeometry } from '../../../src/norm/geometry';
import { defaultSpec } from '../../../src/norm/normSpec';
import { Random } from '../../../src/norm/random';
import { expectClose } from './expectClose';

const layerNorm = defaultSpec('layer_norm');
const rmsNorm = defaultSpec('rms_norm');

/** Random inputs for a norm of `rows` × `cols`. */
function inputs(rows: number, cols: number, seed: number) {
  const random = new Random(seed);
  return {
    shape: [rows, cols],
    x: random.normals(rows * cols),
    gradOutput: random.normals(rows * cols),
    affine: { weight: random.normals(cols), bias: random.normals(cols) },
  };
}

it('the example for pencil and paper', () => {
  const example = JSON.parse(readFileSync('test/fixtures/paper/examples.json', 'utf8')).examples
    .layer_norm_affine_backward;
  const { gradInput, gradWeight, gradBias } = backward(
    { ...layerNorm, eps: example.eps },
    [2, 4],
    Float64Array.from(example.x.flat()),
    Float64Array.from(example.dy.flat()),
    { weight: Float64Array.from(example.gamma), bias: Float64Array.from(example.beta) },
  );
  expectClose(gradInput, example.dx.flat(), 1e-15);
  expectClose(gradWeight, example.dgamma, 1e-15);
  expectClose(gradBias!, example.dbeta, 1e-15);
});

describe('identities', () => {
  const seeds = fc.integer();
  const lengths = fc.integer({ min: 2, max: 40 });

  it('the gradient of a layer_norm row sums to zero', () => {
    fc.assert(
      fc.property(seeds, lengths, (seed, cols) => {
        const { shape, x, gradOutput, affine } = inputs(1, cols, seed);
        const { gradInput } = backward(layerNorm, shape, x, gradOutput, affine);
        const { heldConstant } = splitGradient(layerNorm, rowGeometry(layerNorm, shape), x, gradOutput, affine, 0);
        const largest = heldConstant.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
        expect(Math.abs(gradInput.reduce((sum, value) => sum + value, 0))).toBeLessThan(1e-14 * cols * largest);
      }),
    );
  });

  it('⟨dx, x̂⟩ is what eps leaves of it: rstd · Σ g x̂ · eps / (v + eps)', () => {
    fc.assert(
      fc.property(seeds, lengths, fc.constantFrom(0.5, 1e-3, 1e-5), (seed, cols, eps) => {
        const { shape, x, gradOutput, affine } = inputs(1, cols, seed);
        for (const kind of [layerNorm, rmsNorm]) {
          const spec = { ...kind, eps };
          const { gradInput } = backward(spec, shape, x, gradOutput, affine);
          const mean = kind === layerNorm ? x.reduce((sum, value) => sum + value, 0) / cols : 0;
          const variance = x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / cols;
          const rstd = 1 / Math.sqrt(variance + eps);
          const normalized = x.map((value) => (value - mean) * rstd);
          const projection = normalized.reduce((sum, value, c) => sum + value * gradOutput[c] * affine.weight[c], 0);
          const found = gradInput.reduce((sum, value, c) => sum + value * normalized[c], 0);
          const expected = (rstd * projection * eps) / (variance + eps);
          expect(Math.abs(found - expected)).toBeLessThan(1e-13 * cols * rstd * (1 + Math.abs(projection)));
        }
      }),
    );
  });

  it('dx(a x; a² eps) = dx(sign(a) x; eps) / |a|', () => {
    fc.assert(
      fc.property(seeds, lengths, fc.constantFrom(3, -2, 1e-3, 1e4), (seed, cols, factor) => {
        const { shape, x, gradOutput, affine } = inputs(1, cols, seed);
        for (const spec of [layerNorm, rmsNorm]) {
          const scaledSpec = { ...spec, eps: spec.eps * factor ** 2 };
          const scaled = backward(
            scaledSpec,
            shape,
            x.map((value) => value * factor),
            gradOutput,
            affine,
          ).gradInput;
          const signed = x.map((value) => value * Math.sign(factor));
          const plain = backward(spec, shape, signed, gradOutput, affine).gradInput;
          const { heldConstant } = splitGradient(spec, rowGeometry(spec, shape), signed, gradOutput, affine, 0);
          const terms = heldConstant.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
          scaled.forEach((value, i) => {
            expect(Math.abs(value * Math.abs(factor) - plain[i])).toBeLessThan(1e-13 * cols * terms);
          });
        }
      }),
    );
  });

  it('the parts sum to the gradient, whatever the convention', () => {
    fc.assert(
      fc.property(
        seeds,
        lengths,
        fc.record({
          kind: fc.constantFrom('layer_norm', 'rms_norm'),
          eps: fc.constantFrom(0.5, 1e-5),
          epsPlace: fc.constantFrom('inside', 'outside', 'clamp'),
          divisor: fc.constantFrom('n', 'n-1'),
          weightOffset: fc.constantFrom<0 | 1>(0, 1),
        }),
        (seed, cols, change) => {
          const spec = { ...defaultSpec(change.kind), ...change };
          const { shape, x, gradOutput, affine } = inputs(3, cols, seed);
          const { gradInput } = backward(spec, shape, x, gradOutput, affine);
          const parts = splitGradient(spec, rowGeometry(spec, shape), x, gradOutput, affine, 1);
          expect(parts.full).toEqual(gradInput.subarray(cols, 2 * cols));
          const { heldConstant, meanCorrection, varianceCorrection } = parts;
          const terms = heldConstant.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
          heldConstant.forEach((held, c) => {
            const sum = held + meanCorrection[c] + varianceCorrection[c];
            expect(Math.abs(sum - parts.full[c])).toBeLessThan(1e-14 * cols * terms);
          });
          if (spec.kind === 'rms_norm') {
            expect(meanCorrection.every((value) => value === 0)).toBe(true);
          }
        },
      ),
    );
  });
});

describe('edges', () => {
  const dy = Float64Array.of(1, 0, 0, 5);

  it('eps outside at zero variance gives (g − mean g) / eps', () => {
    const spec = { ...layerNorm, eps: 0.5, epsPlace: 'outside' } as const;
    expectClose(backward(spec, [1, 4], new Float64Array(4).fill(7), dy, {}).gradInput, [-1, -3, -3, 7], 1e-15);
  });

  it('a clamped row is only shifted and divided by eps', () => {
    const spec = { ...layerNorm, eps: 10, epsPlace: 'clamp' } as const;
    expectClose(
      backward(spec, [1, 4], Float64Array.of(1, 2, 3, 4), dy, {}).gradInput,
      [-0.05, -0.15, -0.15, 0.35],
      1e-15,
    );
  });

  it('a constant row with eps 0 has no gradient and spoils no other row', () => {
    const x = Float64Array.of(2, 2, 1, 3);
    const { gradInput } = backward({ ...layerNorm, eps: 0 }, [2, 2], x, dy, {});
    expect(Array.from(gradInput, Number.isNaN)).toEqual([true, true, false, false]);
  });

  it('of two values with eps 0 the gradient is zero: x̂ is ±1 wherever they are', () => {
    const { gradInput } = backward({ ...layerNorm, eps: 0 }, [1, 2], Float64Array.of(3, 8), Float64Array.of(1, -4), {});
    expect(Math.max(...gradInput.map(Math.abs))).toBeLessThan(1e-15);
  });

  it('has no gradBias for an rms_norm without a bias', () => {
    const x = Float64Array.of(1, 2, 3, 4);
    expect(backward(rmsNorm, [1, 4], x, dy, {}).gradBias).toBeUndefined();
    expect(backward(rmsNorm, [1, 4], x, dy, { bias: x }).gradBias).toEqual(dy);
  });

  it('has sums of zero over no rows', () => {
    const empty = new Float64Array(0);
    expect(backward(layerNorm, [0, 2], empty, empty, {})).toEqual({
      gradInput: empty,
      gradWeight: new Float64Array(2),
      gradBias: new Float64Array(2),
    });
  });

  it('refuses what does not fit', () => {
    const x = new Float64Array(4);
    expect(() => backward(layerNorm, [1, 4], x, new Float64Array(3), {})).toThrow('gradOutput has 3 values, needs 4.');
    expect(() => splitGradient(layerNorm, rowGeometry(layerNorm, [1, 4]), x, x, {}, 1)).toThrow(
      'There is no row 1: x has 1 rows, counted from 0.',
    );
  });
});
