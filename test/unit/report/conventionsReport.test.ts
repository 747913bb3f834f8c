import { describe, expect, it } from 'vitest';
import { forward } from '../../../src/norm/forward';
import type { NormCase } from '../../../src/norm/normCase';
import { defaultSpec, type NormSpec } from '../../../src/norm/normSpec';
import { Random } from '../../../src/norm/random';
import { conventionsReport } from '../../../src/report/conventionsReport';
import { NormRun } from '../../../src/report/normRun';
import { toFloat64, type Tensor } from '../../../src/tensor/tensor';
import { randomTensor, tensor } from '../norm/tensors';

/** Rows of very different spread with means away from zero, which tell conventions apart. */
function telling(rows: number, cols: number): Tensor {
  const values = new Random(3).normals(rows * cols);
  return tensor(
    'x',
    [rows, cols],
    values.map((value, i) => 10 ** (-3 + (4 * Math.floor(i / cols)) / rows) * (value + 2)),
  );
}
const run = (x: Tensor, more: Partial<NormCase> = {}) => new NormRun({ spec: defaultSpec('layer_norm'), x, ...more });

describe('the conventions', () => {
  it('are held against the preset that was chosen, row by row and key by key', () => {
    const report = conventionsReport(run(telling(8, 32)), 'annotated-transformer');
    expect(report.choice!.value).toBe('annotated-transformer');
    expect(report.sentences[0]).toMatchObject({ severity: 'warning', take: { spec: { divisor: 'n-1', eps: 1e-6 } } });
    expect(report.sentences[0].text).toMatch(/^LayerNorm of The Annotated Transformer gives another y in 256 elements/);
    const [chart] = report.charts;
    expect(Array.from(chart.x.positions)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    // Where the variance is small, ε decides; it is 1e-5 against 1e-6.
    expect(chart.series[0].values[0]!).toBeGreaterThan(10 * chart.series[0].values[7]!);
    const lines = new Map(report.tables[0].rows.map(([name, ...cells]) => [name, cells]));
    expect(lines.get('ε')).toEqual(['1e-5', '1e-6', expect.any(Number)]);
    expect(lines.get('factor of x̂')).toEqual(['γ', 'γ', '']);
  });

  it('say so where two make the same of the data', () => {
    const report = conventionsReport(run(telling(4, 16)), 'pytorch-layer-norm');
    expect(report.sentences[0].text).toBe(
      'torch.nn.LayerNorm gives the same y on this data. They are the same convention.',
    );
    expect(report.charts).toEqual([]);
  });

  it('offer presets that fit the shapes, those of the same kind first', () => {
    const offered = (x: Tensor, more: Partial<NormCase> = {}) =>
      conventionsReport(run(x, more), undefined).choice!.options.map(({ value }) => value);
    expect(offered(telling(4, 16))[0]).toBe('pytorch-layer-norm');
    expect(offered(telling(4, 16))).toContain('pytorch-batch-norm');
    const ofLastAxis = randomTensor('weight', [16], 1);
    expect(offered(randomTensor('x', [4, 5, 16], 1), { weight: ofLastAxis })).not.toContain('pytorch-batch-norm');
  });

  it('cut a tensor that is too large, and say what was looked at', () => {
    const x = randomTensor('x', [1, 700, 512], 1);
    const report = conventionsReport(run(x), 'bert');
    expect(report.facts[0].note).toBe('of 262144');
    expect(report.sentences.at(-1)!.text).toBe('Looked at are the first rows of x, (1, 512, 512).');
  });
});

describe('the norm’s own convention', () => {
  const made = (spec: NormSpec, x: Tensor): Tensor => tensor('y', x.shape, forward(spec, x.shape, toFloat64(x), {}).y);

  it('is identified from y, and can be taken over', () => {
    const x = telling(16, 64);
    const output = made({ ...defaultSpec('rms_norm'), eps: 1e-6 }, x);
    const { sentences, tables } = conventionsReport(run(x, { output }), 'bert');
    expect(sentences[1]).toMatchObject({ severity: 'pass', take: { spec: { kind: 'rms_norm', eps: 1e-6 } } });
    expect(sentences[1].text).toContain('no other convention that was tried explains it');
    expect(tables[1].rows[0].slice(0, 2)).toEqual(['RMSNorm', '√(v + 1e-6)']);
    // Every candidate has the same axes, which tell nothing.
    expect(tables[1].columns).not.toContain('Axes');
    expect(tables[1].severities![0]).toBe('pass');
  });

  it('names the α of a DyT, which divides by nothing', () => {
    const x = randomTensor('x', [32, 16], 3);
    const weight = new Random(4).normals(16);
    const { y } = forward(defaultSpec('dyt'), x.shape, toFloat64(x), { weight, alpha: Float64Array.of(0.7) });
    const known = { output: tensor('y', x.shape, y), weight: tensor('weight', [16], weight) };
    const [, { columns, rows }] = conventionsReport(run(x, known), 'bert').tables;
    const cell = (name: string) => rows[0][columns.indexOf(name)];
    expect([cell('Norm'), cell('Divided by'), cell('α')]).toEqual(['DyT', '–', '0.7']);
  });

  it('is not offered where it is the one shown', () => {
    const x = telling(16, 64);
    const output = made(defaultSpec('layer_norm'), x);
    const [, said] = conventionsReport(run(x, { output }), 'bert').sentences;
    expect(said).toMatchObject({ severity: 'pass', take: undefined });
  });

  it('brings γ and β along where they are unknown', () => {
    const x = telling(32, 8);
    const weight = Float64Array.from([1, 2, 3, 4, 5, 6, 7, 8]);
    const bias = new Float64Array(8).fill(0.5);
    const { y } = forward(defaultSpec('layer_norm'), x.shape, toFloat64(x), { weight, bias });
    const [, recovered] = conventionsReport(run(x, { output: tensor('y', x.shape, y) }), 'bert').charts;
    const [ofWeight, ofBias] = recovered.series.map(({ values }) => Array.from(values, Number));
    ofWeight.forEach((value, feature) => expect(value).toBeCloseTo(weight[feature], 6));
    ofBias.forEach((value) => expect(value).toBeCloseTo(0.5, 6));
  });

  it('is not claimed where nothing explains y', () => {
    const x = telling(8, 32);
    const { sentences } = conventionsReport(run(x, { output: randomTensor('y', [8, 32], 9) }), 'bert');
    expect(sentences[1].severity).toBe('warning');
    expect(sentences[1].take).toBeUndefined();
  });

  it('is asked for where no y came along', () => {
    expect(conventionsReport(run(telling(8, 32)), 'bert').sentences[1].text).toMatch(/^No y came along/);
  });

  it('of the backward is told: held constant is an error', () => {
    const x = randomTensor('x', [6, 32], 1);
    const gradOutput = randomTensor('dy', [6, 32], 2);
    const rstd = forward(defaultSpec('layer_norm'), x.shape, toFloat64(x), {}).rstd;
    const naive = toFloat64(gradOutput).map((value, i) => value * rstd[Math.floor(i / 32)]);
    const report = conventionsReport(run(x, { gradOutput, gradInput: tensor('dx', [6, 32], naive) }), 'bert');
    expect(report.sentences[1]).toMatchObject({
      severity: 'error',
      text: expect.stringContaining('dx is the gradient with mean and variance held constant'),
    });
    expect(report.tables.at(-1)!.title).toBe('Ways to compute dx, nearest first');
  });
});
