import { describe, expect, it } from 'vitest';
import { featuresReport } from '../../../src/report/featuresReport';
import { runOf } from './normRun';

const rows = [
  [1, 2, 4],
  [3, -1, 0],
  [0.5, 8, 2],
];
const asIs = { affine: true, weightScale: 1, biasShift: 0 };

/** Mean and standard deviation of a feature straight from the definition. */
function momentsOfFeature(y: Float64Array, feature: number) {
  const column = rows.map((_, row) => y[row * 3 + feature]);
  const mean = column.reduce((sum, value) => sum + value, 0) / 3;
  return { mean, std: Math.sqrt(column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 3) };
}

describe('featuresReport', () => {
  it('agrees with the moments of the output that the engine computes', () => {
    const run = runOf(rows, 'layer_norm', { weight: [2, -1, 0.5], bias: [1, 0, -3] });
    const { points } = featuresReport(run, asIs);
    for (const feature of [0, 1, 2]) {
      const { mean, std } = momentsOfFeature(run.forward.y, feature);
      expect(points.meanWith[feature]).toBeCloseTo(mean, 12);
      expect(points.stdWith[feature]).toBeCloseTo(std, 12);
    }
  });

  it('agrees with running the norm on a scaled γ and a shifted β', () => {
    const varied = featuresReport(runOf(rows, 'layer_norm', { weight: [2, -1, 0.5], bias: [1, 0, -3] }), {
      affine: true,
      weightScale: 3,
      biasShift: 0.25,
    });
    const direct = featuresReport(runOf(rows, 'layer_norm', { weight: [6, -3, 1.5], bias: [1.25, 0.25, -2.75] }), asIs);
    expect(varied.points).toEqual(direct.points);
  });

  it('without γ and β shows x̂ itself', () => {
    const run = runOf(rows, 'layer_norm', { weight: [2, -1, 0.5] });
    const { points } = featuresReport(run, { ...asIs, affine: false });
    expect(points.meanWith).toEqual(points.meanWithout);
    expect(points.stdWith).toEqual(points.stdWithout);
  });

  it('applies 1 + weight where the convention says so', () => {
    const run = runOf(rows, 'rms_norm', { weight: [0, 1, -1], weightOffset: 1 });
    expect(Array.from(featuresReport(run, asIs).points.weight)).toEqual([1, 2, 0]);
  });

  it('leaves rows with NaN out and says over how many the statistics are', () => {
    const report = featuresReport(runOf([...rows, [NaN, 0, 0]]), asIs);
    expect(report).toMatchObject({ rowsUsed: 3, rowCount: 4 });
    expect(Array.from(report.points.meanWith).every(Number.isFinite)).toBe(true);
  });
});
