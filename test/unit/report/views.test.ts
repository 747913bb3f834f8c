import { describe, expect, it } from 'vitest';
import { reportViews, type ReportView, type ViewOptions } from '../../../src/report/views';
import { runOf } from './normRun';

const options: ViewOptions = { scope: 'all', feature: 0, padding: 0.5 };
const chartNamed = (view: ReportView, run: ReturnType<typeof runOf>, title: RegExp, chosen = options) =>
  reportViews[view](run, chosen).charts.find((chart) => title.test(chart.title))!;

describe('the distribution', () => {
  const run = runOf([
    [1, 2, 3, 60],
    [2, 4, 6, 61],
    [9, 7, 5, 62],
  ]);

  it('counts every value, or those of one row or feature', () => {
    const total = (chosen: Partial<ViewOptions>) => {
      const [series] = chartNamed('distribution', run, /^Histogram of x/, { ...options, ...chosen }).series;
      return Array.from(series.values, Number).reduce((sum, count) => sum + count, 0);
    };
    expect([total({}), total({ scope: 'row', row: 1 }), total({ scope: 'feature', feature: 3 })]).toEqual([12, 4, 3]);
  });

  it('counts all values once, whichever row is selected', () => {
    const run = runOf([
      [1, 2],
      [3, 5],
    ]);
    const first = reportViews.distribution(run, { ...options, scope: 'all', row: 0 });
    expect(reportViews.distribution(run, { ...options, scope: 'all', row: 1 })).toBe(first);
    expect(reportViews.distribution(run, { ...options, scope: 'row', row: 1 })).not.toEqual(first);
  });

  it('says that a weight silences a feature by what is multiplied, also where that is 1 + weight', () => {
    const rows = [
      [1, 2, 3, 5],
      [4, 3, 1, 2],
    ];
    const texts = (weight: number[], weightOffset: 0 | 1) =>
      reportViews
        .distribution(runOf(rows, 'rms_norm', { weight, weightOffset }), options)
        .sentences.map(({ text }) => text);
    expect(texts([1, 1e-5, 1.2, 0.9], 0)).toContainEqual(expect.stringMatching(/^γ silences feature 1:/));
    expect(texts([0.2, 1e-5, -0.2, 0.1], 1)).toEqual([]);
    expect(texts([0.2, 0.1, -1, 0.1], 1)).toContainEqual(
      expect.stringMatching(/^1 \+ γ silences feature 2: \|1 \+ γ\|/),
    );
  });

  it('names the outlier features, and those that do not vary', () => {
    const steady = runOf([
      [1, 2, 3, 60, 5],
      [2, 4, 1, 61, 5],
      [1, 3, 2, 62, 5],
    ]);
    const said = reportViews.distribution(steady, options).sentences.map(({ text }) => text);
    expect(said[0]).toContain('Feature 3 reaches |x| ≥ 6');
    expect(said[1]).toBe('Feature 4 does not vary over the rows.');
  });
});

describe('the geometry', () => {
  it('measures the length of x̂ that the closed form states', () => {
    const [measured, closed] = chartNamed(
      'geometry',
      runOf([
        [0.01, 0.02, 0.03],
        [1, 5, 9],
      ]),
      /^Squared length/,
    ).series;
    expect(Array.from(measured.values, Number)).toEqual([
      expect.closeTo(Number(closed.values[0]), 9),
      expect.closeTo(Number(closed.values[1]), 9),
    ]);
    expect(measured.values[0]).toBeLessThan(2.8);
  });

  it('holds what is often said of LayerNorm against the rows', () => {
    const rows = [
      [0.01, 0.02, 0.03],
      [1, 5, 9],
    ];
    const [table] = reportViews.geometry(runOf(rows), options).tables;
    expect(table.rows[0]).toEqual([
      'The squared length of x̂ is d.',
      'contradicted',
      expect.stringContaining('in row 0'),
    ]);
    expect(table.severities![0]).toBe('info');
    expect(reportViews.geometry(runOf([[2, 2]]), options).tables).toEqual([]);
  });

  it('looks past rows that are not finite', () => {
    expect(
      reportViews.geometry(
        runOf([
          [1, NaN],
          [1, 2],
        ]),
        options,
      ).facts[0],
    ).toMatchObject({ value: 1 });
    expect(reportViews.geometry(runOf([[NaN, 1]]), options).sentences[0].text).toContain('No row is finite');
  });
});

describe('precision', () => {
  it('says which rows ε dominates, and how much it takes off', () => {
    const [sentence] = reportViews.precision(
      runOf([
        [0, 0.001, 0.002],
        [1, 5, 9],
      ]),
      options,
    ).sentences;
    expect(sentence).toMatchObject({ severity: 'warning' });
    expect(sentence.text).toMatch(/in 1 of 2 rows; most, 93.75 %, in row 0\./);
  });

  it('crosses half of the variance where ε is the variance', () => {
    const run = runOf([[-0.1, 0.1]]);
    const sweep = chartNamed('precision', run, /^Deviation of x̂/);
    const at = sweep.x.positions.findIndex((eps) => eps >= 0.01 - 1e-12);
    expect(Number(sweep.series[1].values[at])).toBeCloseTo(Math.SQRT1_2, 9);
  });

  it('marks every row where ε is as large as its variance, also beyond 1', () => {
    const run = runOf([
      [-0.1, 0.1],
      [-30, 30],
      [-1, 1],
      [4, 4],
    ]);
    const { x, series } = chartNamed('precision', run, /^Deviation of x̂/);
    const marked = Array.from(x.positions).filter((_, i) => series[3].values[i] !== null);
    expect(marked).toHaveLength(3); // The constant row has no variance to be as large as.
    expect(marked[0]).toBeCloseTo(0.01, 9);
    expect(marked[1]).toBeCloseTo(1, 9);
    expect(marked[2] / 900).toBeCloseTo(1, 0);
  });

  it('says what half precision would do to each row, and pins what it cannot hold', () => {
    const rows = [
      [1, 2, 3, 4],
      [300, -300, 300, -300],
      [5, 5, 5, 5],
    ];
    const run = runOf(rows, 'layer_norm', { eps: 1e-8 });
    const chart = chartNamed('precision', run, /^How far rstd of each row/);
    const [half, brain] = chart.series.map(({ values }) => Array.from(values, Number));
    expect(half[0]).toBeLessThan(2 ** -10);
    expect(half[1]).toBe(1);
    expect(half[2]).toBe(Infinity);
    expect(brain[1]).toBeLessThan(0.01);
    const said = reportViews.precision(run, options).sentences.map(({ text }) => text);
    expect(said).toContain('In float16 the squares overflow in 1 of 3 rows (row 1 first): rstd becomes 0, and y is β.');
    expect(said.at(-1)).toMatch(/^With x and its statistics in bfloat16 rstd is off by up to /);
  });

  it('takes the float32 residual apart into ε and rounding', () => {
    const rows = Array.from({ length: 4 }, (_, r) => Array.from({ length: 512 }, (_, c) => Math.sin(c * (r + 1)) + 2));
    const { facts } = reportViews.precision(runOf(rows), options);
    const [mean, variance] = facts;
    expect(mean.value).toBeLessThan(1e-6);
    expect(variance.value).toBeCloseTo(1e-5 / (0.5 + 1e-5), 6);
  });
});

describe('batch against layer', () => {
  it('needs more than one token, and finite values', () => {
    const said = (rows: number[][]) => reportViews.batch(runOf(rows), options).sentences[0].text;
    expect(said([[1, 2, 3]])).toContain('needs two rows or more');
    expect(
      said([
        [1, NaN],
        [2, 3],
      ]),
    ).toContain('NaN or Inf');
    expect(
      said([
        [1, 2],
        [2, 5],
        [4, 3],
        [0, 9],
      ]),
    ).toMatch(/^With 2 padding tokens .* LayerNorm by 0 %/);
  });
});
