import { describe, expect, it } from 'vitest';
import { rowGeometry } from '../../../src/norm/geometry';
import { checkGradients } from '../../../src/norm/gradientCheck';
import { defaultSpec } from '../../../src/norm/normSpec';
import { toFloat64 } from '../../../src/tensor/tensor';
import { edgeCases, loadNormFixture, plainCases } from './normFixtures';
import { randomTensor, tensor } from './tensors';

const layerNorm = defaultSpec('layer_norm');

it.each([...plainCases, ...edgeCases])('%s: the engine and the recorded autograd pass', async (name) => {
  const { spec, shape, has, array } = await loadNormFixture(name);
  const features = rowGeometry(spec, shape).affineShape;
  const optional = (key: string, ofShape: readonly number[]) =>
    has(key) ? tensor(key, ofShape, array(key)) : undefined;
  const check = checkGradients({
    spec,
    x: tensor('x', shape, array('x')),
    gradOutput: tensor('dy', shape, array('dy')),
    weight: optional('weight', features),
    bias: optional('bias', features),
    runningMean: optional('running_mean_before', features),
    runningVar: optional('running_var_before', features),
    gradInput: tensor('dx', shape, array('dx')),
    gradWeight: optional('dweight', features),
    gradBias: optional('dbias', features),
  });
  expect(check.gradients.filter(({ passed }) => !passed)).toEqual([]);
  expect(check.passed).toBe(true);
  if (name.startsWith('batch_norm_eval')) {
    // Linear in x: no remainder stands above rounding.
    expect(check.gradients[0].taylorOrder).toBeUndefined();
  } else {
    expect(check.gradients[0].taylorOrder).toBeCloseTo(2, 1);
  }
  expect(check.skippedRows.nonFinite).toBe(name.includes('_edge_') ? 6 : 0);
});

describe('checkGradients', () => {
  it('compares every element and says what it assumed', () => {
    const check = checkGradients({ spec: layerNorm, x: randomTensor('x', [2, 3, 5], 1) }, { seed: 9 });
    expect(check).toMatchObject({
      passed: true,
      gradOutputSource: 'random',
      weightSource: 'random',
      seed: 9,
      checkedRows: [0, 1, 2, 3, 4, 5],
      checkedColumns: 5,
      rowCount: 6,
    });
    expect(check.gradients.map(({ name, source, shape }) => [name, source, shape])).toEqual([
      ['gradInput', 'analytic', [2, 3, 5]],
      ['gradWeight', 'analytic', [5]],
      ['gradBias', 'analytic', [5]],
    ]);
    expect(Array.from(check.gradients[0].errors.position)).toEqual([...Array(30).keys()]);
    expect(check.gradients[1].taylorOrder).toBeUndefined();
  });

  it('is the same for the same seed', () => {
    const x = randomTensor('x', [4, 6], 1);
    expect(checkGradients({ spec: layerNorm, x }, { seed: 3 })).toEqual(
      checkGradients({ spec: layerNorm, x }, { seed: 3 }),
    );
  });

  it('leaves gradBias out for an rms_norm without one', () => {
    const x = randomTensor('x', [4, 6], 1);
    const names = checkGradients({ spec: defaultSpec('rms_norm'), x }).gradients.map(({ name }) => name);
    expect(names).toEqual(['gradInput', 'gradWeight']);
  });

  it('takes rows evenly spread where all are too much work, and elements where one row is', () => {
    const x = randomTensor('x', [10, 8], 1);
    const some = checkGradients({ spec: layerNorm, x }, { maxWork: 5 * 2 * 8 * 8 });
    expect(some).toMatchObject({ passed: true, checkedRows: [0, 2, 4, 6, 8], checkedColumns: 8 });
    const one = checkGradients({ spec: layerNorm, x }, { maxWork: 4 * 2 * 8 });
    expect(one).toMatchObject({ passed: true, checkedRows: [0], checkedColumns: 4 });
    expect(Array.from(one.gradients[0].errors.position)).toEqual([0, 2, 4, 6]);
  });

  it('passes rows of wildly different scales, and counts those it cannot check', () => {
    const rows = [
      [1, 2, 4, -3],
      [7, 7, 7, 7],
      [1e-9, -3e-9, 2e-9, 0],
      [1e15, -3e15, 2e15, 4e15],
      [1e300, -3e300, 2e300, 4e300],
      [1e9, 1e9 + 1, 1e9 + 2, 1e9],
      [1, NaN, 2, 3],
    ];
    const check = checkGradients({ spec: layerNorm, x: tensor('x', [7, 4], rows.flat()) });
    expect(check).toMatchObject({ passed: true, checkedRows: [0, 1, 2, 3, 4] });
    expect(check.skippedRows).toEqual({ nonFinite: 1, notDifferentiable: 0, beyondPrecision: 1 });
  });

  it('measures each row in its own units: a scaled dy has the same relative errors', () => {
    const x = randomTensor('x', [2, 8], 1);
    const dy = randomTensor('dy', [2, 8], 2);
    const scaled = toFloat64(dy).map((value, i) => value * (i < 8 ? 2 ** 40 : 2 ** -40));
    const errorsOf = (gradOutput: typeof dy) => checkGradients({ spec: layerNorm, x, gradOutput }).gradients[0].errors;
    expect(errorsOf(tensor('dy', [2, 8], scaled))).toEqual(errorsOf(dy));
  });

  it('passes wide rows without noise', () => {
    const { gradients } = checkGradients({ spec: layerNorm, x: randomTensor('x', [1, 20_000], 1) }, { maxWork: 4e6 });
    expect(gradients[0].maxRelError).toBeLessThan(1e-8);
  });

  it('says when differences can check no row', () => {
    const x = tensor('x', [1, 2], [1e20, 1e20]);
    expect(() => checkGradients({ spec: layerNorm, x })).toThrow(
      'No row of x has a gradient that differences can check',
    );
  });

  it('does not start when it is not wanted any more', () => {
    const x = randomTensor('x', [4, 6], 1);
    expect(() => checkGradients({ spec: layerNorm, x }, { signal: AbortSignal.abort() })).toThrow('aborted');
  });
});
