import { describe, expect, it } from 'vitest';
import { computedForward } from '../../../src/norm/arithmetic/computedForward';
import { presetOn, presets } from '../../../src/norm/presets';

const x = [0.5, -1, 2, 3.5, 0.25, -0.75, 1.5, 1];
const weight = [1, 2, 0.5, -1, 1.5, 0.25, 3, 1];

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const meanSquare = (values: readonly number[]) => meanOf(values.map((value) => value * value));
const variance = meanSquare(x.map((value) => value - meanOf(x)));
const length = Math.sqrt(meanSquare(x) * 8);
const named = (name: string) => presets.find((preset) => preset.name === name)!;

/** What y is by the documents of each library, written down anew; γ as above where the norm has one per feature. */
const formulas: Record<string, (value: number, c: number) => number> = {
  'pytorch-layer-norm': (value, c) => ((value - meanOf(x)) / Math.sqrt(variance + 1e-5)) * weight[c],
  'pytorch-rms-norm': (value, c) => (value / Math.sqrt(meanSquare(x) + 2 ** -23)) * weight[c],
  gemma: (value, c) => (value / Math.sqrt(meanSquare(x) + 1e-6)) * (1 + weight[c]),
  bert: (value, c) => ((value - meanOf(x)) / Math.sqrt(variance + 1e-12)) * weight[c],
  'keras-layer-norm': (value, c) => ((value - meanOf(x)) / Math.sqrt(variance + 1e-3)) * weight[c],
  'keras-rms-scaling': (value, c) => (value / Math.sqrt(variance + 1e-3)) * weight[c],
  'original-rms-norm': (value, c) => (value / (length / Math.sqrt(8) + 1e-8)) * weight[c],
  // 6.25 % of eight values are less than one; one is the least that can be measured.
  'original-partial-rms-norm': (value, c) => (value / (Math.abs(x[0]) + 1e-8)) * weight[c],
  'annotated-transformer': (value, c) => ((value - meanOf(x)) / (Math.sqrt((variance * 8) / 7) + 1e-6)) * weight[c],
  'ort-simplified-layer-norm': (value, c) => (value / Math.sqrt(meanSquare(x) + 1e-5)) * weight[c],
  'keras-unit-norm': (value, c) => (value / length) * weight[c],
  'flax-l2-norm': (value, c) => (value / Math.sqrt(length ** 2 + 1e-12)) * weight[c],
  dyt: (value, c) => Math.tanh(0.5 * value) * weight[c],
};

describe('presets', () => {
  it.each(Object.entries(formulas))('%s', (name, formula) => {
    const { spec, evaluation } = named(name);
    const parameters = { weight: Float64Array.from(weight) };
    const { y } = computedForward(spec, [8], Float64Array.from(x), parameters, 'float32', evaluation);
    x.forEach((value, c) => expect(y[c]).toBeCloseTo(formula(value, c), 5));
  });

  it.each(['scale-norm', 'qk-norm'])('%s: one scale for the length of every row', (name) => {
    const { y } = computedForward(
      named(name).spec,
      [8],
      Float64Array.from(x),
      { weight: Float64Array.of(2) },
      'float32',
    );
    x.forEach((value, c) => expect(y[c]).toBeCloseTo((2 * value) / length, 5));
  });

  it.each(['float32', 'float64'] as const)(
    'onnx-lp-norm: divides by the length of a row, of which zeros have none: %s',
    (dtype) => {
      const { spec } = presetOn(named('onnx-lp-norm'), dtype);
      const { y } = computedForward(spec, [3, 2], Float64Array.of(3, 4, 0, 0, 3e-15, 4e-15), {}, dtype);
      [0.6, 0.8, 0, 0, 0.6, 0.8].forEach((value, i) => expect(y[i]).toBeCloseTo(value, 6));
    },
  );

  it('onnx-mvn: each channel over samples and space, by its standard deviation', () => {
    const { y } = computedForward(named('onnx-mvn').spec, [2, 1, 2, 2], Float64Array.from(x), {}, 'float32');
    x.forEach((value, i) => expect(y[i]).toBeCloseTo((value - meanOf(x)) / Math.sqrt(variance), 5));
  });

  it('have names of their own', () => {
    expect(new Set(presets.map(({ name }) => name)).size).toBe(presets.length);
  });

  it('on float64 compute in float64, with the ε of torch.nn.RMSNorm there', () => {
    const { spec, evaluation } = presetOn(named('pytorch-rms-norm'), 'float64');
    expect([spec.computeDtype, spec.eps, evaluation]).toEqual(['float64', 2 ** -52, 'plain']);
    expect(presetOn(named('pytorch-layer-norm'), 'bfloat16')).toBe(named('pytorch-layer-norm'));
  });
});
