import { describe, expect, it } from 'vitest';
import { backwardRows } from '../../../src/norm/backward';
import { fileGradients } from '../../../src/norm/fileGradients';
import { geometryOf } from '../../../src/norm/geometry';
import type { NormCase } from '../../../src/norm/normCase';
import { defaultSpec } from '../../../src/norm/normSpec';
import { parametersOf } from '../../../src/norm/parameters';
import { printedInputs } from '../../../src/norm/printedInputs';
import { Random } from '../../../src/norm/random';
import { toFloat64, type Tensor } from '../../../src/tensor/tensor';

const rows = 3;
const cols = 16;

/** Numbers as PyTorch prints them, with four decimals, and exactly. */
function printed(name: string, shape: number[], values: Float64Array): { exact: Tensor; rounded: Tensor } {
  const resolution = 1e-4;
  const rounded = values.map((value) => Number(value.toFixed(4)));
  return {
    exact: { name, dtype: 'float64', shape, values },
    rounded: { name, dtype: 'float64', shape, values: rounded, resolution },
  };
}

/** The engine's gradients of a case. */
function backwardOf(normCase: NormCase) {
  const { spec, x, gradOutput } = normCase;
  const geometry = geometryOf(normCase);
  return backwardRows(spec, geometry, toFloat64(x), toFloat64(gradOutput!), parametersOf(normCase));
}

describe('printedInputs', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('bounds what rounding in print changes of the gradients, seed %d', (seed) => {
    const random = new Random(seed);
    // Rows of small spread, so that the rounding of x shows.
    const numbers = (count: number, scale: number) =>
      Float64Array.from({ length: count }, () => scale * random.normal());
    const x = printed('x', [rows, cols], numbers(rows * cols, 0.02));
    const gradOutput = printed('dy', [rows, cols], numbers(rows * cols, 1));
    const weight = printed('weight', [cols], numbers(cols, 1));
    for (const kind of ['layer_norm', 'rms_norm', 'l2_norm', 'scale_norm'] as const) {
      const spec = defaultSpec(kind);
      const affine = kind === 'l2_norm' || kind === 'scale_norm' ? {} : { weight: weight.rounded };
      const exactAffine = 'weight' in affine ? { weight: weight.exact } : {};
      const seen: NormCase = { spec, x: x.rounded, gradOutput: gradOutput.rounded, ...affine };
      const truth: NormCase = { spec, x: x.exact, gradOutput: gradOutput.exact, ...exactAffine };
      const bounds = printedInputs(
        seen,
        geometryOf(seen),
        x.rounded.values as Float64Array,
        gradOutput.rounded.values as Float64Array,
      )!;
      const found = backwardOf(seen).gradInput;
      backwardOf(truth).gradInput.forEach((exact, i) => {
        expect(Math.abs(exact - found[i])).toBeLessThanOrEqual(1.01 * bounds.gradInput[i]);
      });
    }
  });

  it('lets right gradients pass that were computed before x was printed, and not wrong ones', () => {
    const random = new Random(9);
    const values = Float64Array.from({ length: rows * cols }, () => 0.02 * random.normal());
    const x = printed('x', [rows, cols], values);
    const dy: Tensor = { name: 'dy', dtype: 'float64', shape: [rows, cols], values: values.map(() => random.normal()) };
    const spec = defaultSpec('layer_norm');
    const { gradInput } = backwardOf({ spec, x: x.exact, gradOutput: dy });
    const passes = (dx: Float64Array) =>
      fileGradients({
        spec,
        x: x.rounded,
        gradOutput: dy,
        gradInput: { name: 'dx', dtype: 'float64', shape: [rows, cols], values: dx },
      })[0].passed;
    expect(passes(gradInput)).toBe(true);
    expect(passes(gradInput.map((value) => 1.1 * value))).toBe(false);
  });

  it('has nothing to say of numbers that were not rounded', () => {
    const { exact } = printed('x', [rows, cols], new Float64Array(rows * cols).fill(1));
    const normCase: NormCase = { spec: defaultSpec('layer_norm'), x: exact, gradOutput: exact };
    const values = exact.values as Float64Array;
    expect(printedInputs(normCase, geometryOf(normCase), values, values)).toBeUndefined();
  });
});
