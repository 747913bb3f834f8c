import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backward } from '../../../src/norm/backward';
import { forward } from '../../../src/norm/forward';
import { defaultSpec } from '../../../src/norm/normSpec';
import { Random } from '../../../src/norm/random';
import { borrowing, scalar, simd } from './kernelPair';
import { runNorm, type NormInput, type NormOutput } from './runNorm';

/** Unit roundoff of float32. */
const u = 2 ** -24;

const rounded = (values: readonly number[]) => Float64Array.from(values, Math.fround);

/** What the engine's float64 forward and backward give for the same float32 input. */
function exactly({ norm, rows, cols, eps, ...input }: NormInput) {
  const spec = { ...defaultSpec(norm), eps };
  const affine = { weight: input.weight && rounded(input.weight), bias: input.bias && rounded(input.bias) };
  const x = rounded(input.x);
  const { normalized, y, mean, rstd } = forward(spec, [rows, cols], x, affine);
  return { normalized, y, mean, rstd, ...backward(spec, [rows, cols], x, rounded(input.gradOutput), affine) };
}

/** Holds every number to what float32 products and float64 sums of the given magnitudes can lose. */
function expectRight(found: NormOutput, input: NormInput): void {
  const { rows, cols } = input;
  const truth = exactly(input);
  const dy = rounded(input.gradOutput);
  const weight = input.weight ? rounded(input.weight) : new Float64Array(cols).fill(1);
  for (let row = 0; row < rows; row++) {
    const columns = Array.from({ length: cols }, (_, c) => c);
    const at = (c: number) => row * cols + c;
    const { rstd } = { rstd: truth.rstd[row] };
    const g = columns.map((c) => Math.abs(dy[at(c)] * weight[c]));
    const gx = columns.map((c) => Math.abs(g[c] * truth.normalized[at(c)]));
    const meanOf = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / cols;
    expectClose(found.mean[row], truth.mean[row], 1e-12 * Math.abs(truth.mean[row]));
    expectClose(found.rstd[row], rstd, 1e-9 * rstd);
    for (const c of columns) {
      const bias = Math.abs(input.bias?.[c] ?? 0);
      expectClose(found.y[at(c)], truth.y[at(c)], 6 * u * (Math.abs(truth.normalized[at(c)] * weight[c]) + bias));
      const terms = g[c] + meanOf(g) + Math.abs(truth.normalized[at(c)]) * meanOf(gx);
      expectClose(found.gradInput[at(c)], truth.gradInput[at(c)], 8 * u * rstd * terms);
    }
  }
  for (let c = 0; c < cols; c++) {
    const column = Array.from({ length: rows }, (_, row) => row * cols + c);
    const sumOf = (term: (i: number) => number) => column.reduce((sum, i) => sum + Math.abs(term(i)), 0);
    const terms = sumOf((i) => dy[i] * truth.normalized[i]);
    expectClose(found.gradWeight[c], truth.gradWeight[c], 6 * u * terms);
    expectClose(found.gradBias[c], truth.gradBias?.[c] ?? found.gradBias[c], 1e-12 * sumOf((i) => dy[i]));
  }
}

/** Numbers closer than float32's smallest are equal. */
function expectClose(found: number, expected: number, tolerance: number): void {
  if (!Object.is(found, expected) && !(Math.abs(found - expected) <= tolerance + 2 ** -149)) {
    expect.fail(`found ${found}, expected ${expected} within ${tolerance}`);
  }
}

/** A norm of random numbers about `mean` with the deviation `std`. */
function randomInput(norm: NormInput['norm'], rows: number, cols: number, mean = 0, std = 1): NormInput {
  const random = new Random(rows * 1000 + cols);
  const normals = (count: number) => [...random.normals(count)];
  return {
    ...{ norm, rows, cols, eps: 1e-5 },
    x: normals(rows * cols).map((value) => mean + std * value),
    gradOutput: normals(rows * cols),
    weight: normals(cols),
    bias: normals(cols),
  };
}

const regimes = {
  ordinary: [0, 1],
  'far from zero': [1e4, 1],
  tiny: [0, 1e-20],
  huge: [0, 1e30],
  'huge mean': [2e38, 1e36],
};

describe.each([simd, scalar])('norms ($kind)', (kernels) => {
  test('layer_norm of the scores 20, 50, 60, 80, 90: mean 60, variance 600', () => {
    const input: NormInput = { ...randomInput('layer_norm', 1, 5), x: [20, 50, 60, 80, 90], eps: 0 };
    const { y, mean, rstd } = runNorm(kernels, { ...input, weight: undefined, bias: undefined });
    expect(mean).toEqual([60]);
    expect(rstd[0]).toBeCloseTo(1 / Math.sqrt(600), 15);
    expect(y).toEqual([-40, -10, 0, 20, 30].map((d) => Math.fround(d / Math.sqrt(600))));
  });

  describe.each(['layer_norm', 'rms_norm'] as const)('%s', (norm) => {
    test('agrees with the engine in every row length', () => {
      for (const cols of [...Array(36).keys()].map((i) => i + 1).concat([127, 1024, 1027, 2500])) {
        const input = randomInput(norm, 3, cols);
        expectRight(runNorm(kernels, input), input);
      }
    });

    test.each(Object.entries(regimes))('agrees with the engine on %s values', (_, [mean, std]) => {
      const input = randomInput(norm, 4, 100, mean, std);
      expectRight(runNorm(kernels, input), input);
      expectRight(runNorm(kernels, { ...input, eps: 0 }), { ...input, eps: 0 });
    });

    test('agrees with the engine without weight, without bias, without either', () => {
      const input = randomInput(norm, 3, 21);
      for (const absent of [{ weight: undefined }, { bias: undefined }, { weight: undefined, bias: undefined }]) {
        expectRight(runNorm(kernels, { ...input, ...absent }), { ...input, ...absent });
      }
    });

    test('sums gradients over calls, whatever the rows in each', () => {
      const input = randomInput(norm, 7, 19);
      expect(runNorm(kernels, input, 3)).toEqual(runNorm(kernels, input));
    });

    test('may write over its input', () => {
      const { memory } = kernels;
      const input = randomInput(norm, 3, 50);
      const { y } = runNorm(kernels, { ...input, weight: undefined, bias: undefined });
      borrowing(kernels, () => {
        const [x, mean, rstd] = [memory.reserve(600), memory.reserve(24), memory.reserve(24)];
        memory.float32(x, 150).set(input.x);
        kernels.forward(norm, { x, y: x, mean, rstd }, 3, 50, input.eps);
        expect([...memory.float32(x, 150)]).toEqual(y);
      });
    });

    test('treats any row as PyTorch does: NaN, infinities, constant rows, ε = 0', () => {
      const value = fc.oneof(
        { weight: 8, arbitrary: fc.constantFrom(1, 1, 2, -3, 0.1) },
        { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity, 0, 3.4e38, -3.4e38, 1e-45) },
      );
      fc.assert(
        fc.property(fc.array(value, { minLength: 2, maxLength: 20 }), fc.constantFrom(0, 1e-5), (x, eps) => {
          const cols = x.length;
          const bare = { norm, rows: 1, cols, eps, x, gradOutput: x.map((_, c) => Math.sin(c)) };
          const { y, normalized } = exactly(bare);
          // Where 3.4e38 and −3.4e38 cancel, the mean is right to float64's digits of them.
          const largest = Math.max(0, ...normalized.map(Math.abs).filter(Number.isFinite));
          runNorm(kernels, bare).y.forEach((found, c) =>
            expectClose(found, y[c], 6 * u * Math.abs(normalized[c]) + 1e-15 * largest),
          );
        }),
        { numRuns: 300 },
      );
    });
  });

  test('a constant row comes out as exactly the bias', () => {
    const bias = [0.1, -2, 3e-7, 4, 5, 6, 7, 8, 9].map(Math.fround);
    const input = { ...randomInput('layer_norm', 1, 9), x: Array<number>(9).fill(1234.567), bias };
    expect(runNorm(kernels, input).y).toEqual(bias);
  });
});
