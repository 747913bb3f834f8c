import { describe, expect, it } from 'vitest';
import { checkGradients } from '../../../src/norm/gradientCheck';
import { gradientProblem } from '../../../src/norm/gradientProblem';
import type { NormCase } from '../../../src/norm/normCase';
import { defaultSpec } from '../../../src/norm/normSpec';
import { gradientSweeps } from '../../../src/report/gradientSweeps';
import { casesOf, openFixture } from '../norm/dumps';
import { randomTensor } from '../norm/tensors';

const sweepsOf = (normCase: NormCase) =>
  gradientSweeps(normCase, gradientProblem(normCase, 0), checkGradients(normCase, { maxWork: 1e6 }));

describe('the error of dx by step size', () => {
  it('falls with the square of the step for the engine’s dx', () => {
    const [engine, ...others] = sweepsOf({ spec: defaultSpec('layer_norm'), x: randomTensor('x', [6, 32], 1) });
    expect(others).toEqual([]);
    expect(engine.severity).toBe('pass');
    const { x, series } = engine.chart;
    expect(series.map(({ name }) => name)).toEqual(['along a random direction', 'along 1', 'along x − mean']);
    // From one step to the next it grows eightfold, and its error by 64.
    const [random] = series;
    expect(x.positions.at(-1)! / x.positions.at(-2)!).toBe(8);
    expect(random.values[7]! / random.values[6]!).toBeCloseTo(64, 0);
  });

  it.each(['preln', 'rms', 'rms_bf16'])('levels off at the roundoff of the file’s format: %s', async (name) => {
    for (const [site, normCase] of await casesOf(await openFixture(`dumps/${name}.safetensors`))) {
      const [, file] = sweepsOf(normCase);
      expect(file.severity, site).toBe('pass');
      const [{ value }] = file.chart.limits!;
      expect(Math.max(...file.chart.series.map(({ values }) => Math.min(...Array.from(values, Number))))).toBeLessThan(
        value,
      );
    }
  });

  it.each([
    ['case_06', 'blocks.2.ln1', 'Along x − mean'],
    ['case_07', 'blocks.5.ln2', 'Along 1'],
    ['case_08', 'blocks.3.ln2', 'Along x − mean'],
  ])('stays high where a correction is missing: %s', async (name, site, along) => {
    const cases = await casesOf(await openFixture(`dumps/broken/${name}.safetensors`));
    const [, file] = sweepsOf(cases.get(site)!);
    expect(file.severity).toBe('error');
    expect(file.text).toContain(`${along} the file’s dx is off by 0.0`);
  });
});
