import { expect, it } from 'vitest';
import type { GradientReport, GradientsReport } from '../../../src/protocol';
import { explanations, verdict } from '../../../webview/views/verdict';

const gradient = (over: Partial<GradientReport>): GradientReport => ({
  name: 'gradInput',
  source: 'analytic',
  shape: [2, 2],
  passed: true,
  maxAbsError: 0,
  maxRelError: 6.1e-11,
  limit: 1e-7,
  worstIndex: [0, 0],
  compared: 4,
  found: 1,
  expected: 1,
  errors: { position: new Uint32Array(), error: new Float64Array() },
  ...over,
});
const report = (...gradients: GradientReport[]) =>
  ({ passed: gradients.every(({ passed }) => passed), gradients }) as unknown as GradientsReport;

it('says that the gradients are right by the error nearest to its limit', () => {
  const beta = gradient({ name: 'gradBias', source: 'file', maxRelError: 1e-7, limit: 1e-6 });
  expect(verdict(report(gradient({}), beta))).toBe(
    'The gradients are right: the largest error is 1e-7 (limit 1e-6), in dβ.',
  );
});

it('names every gradient that is wrong, whose it is, and by how much', () => {
  const wrong = gradient({ source: 'file', passed: false, maxRelError: 0.25, limit: 1e-6 });
  const beta = gradient({ name: 'gradBias', passed: false, maxRelError: 2 });
  expect(verdict(report(gradient({}), wrong, beta))).toBe(
    'The file’s dx is off by 0.25 (limit 1e-6); dβ is off by 2 (limit 1e-7).',
  );
});

it('says of which gradient an explanation is, where there are several', () => {
  const dγ = gradient({ name: 'gradWeight', explanation: 'It is the gradient of the bias.' });
  const dβ = gradient({ name: 'gradBias', explanation: 'It is the gradient of the weight.' });
  expect(explanations(report(gradient({}), dγ))).toEqual(['It is the gradient of the bias.']);
  expect(explanations(report(dγ, dβ))).toEqual([
    'dγ: It is the gradient of the bias.',
    'dβ: It is the gradient of the weight.',
  ]);
});
