import { expect, it } from 'vitest';
import { statedNorms } from '../../../src/norm/statedNorms';

it('reads op and eps of every site', () => {
  const norms = JSON.stringify({ ln1: { op: 'layer_norm', eps: 1e-5 }, bn: { op: 'batch_norm', momentum: null } });
  expect([...statedNorms({ norms, order: '[]' })]).toEqual([
    ['ln1', { op: 'layer_norm', spec: { eps: 1e-5 } }],
    ['bn', { op: 'batch_norm', spec: { momentum: null } }],
  ]);
});

it('passes over entries that say something else', () => {
  const norms =
    '{"a": null, "b": {"eps": 1}, "c": {"op": "rms_norm", "eps": "1e-6"}, "d": {"op": "rms_norm", "eps": -1}}';
  expect([...statedNorms({ norms })]).toEqual([
    ['c', { op: 'rms_norm', spec: {} }],
    ['d', { op: 'rms_norm', spec: {} }],
  ]);
});

it.each([{}, { norms: '' }, { norms: '{"a"' }, { norms: '3' }, { norms: 'null' }])('has none in %j', (metadata) => {
  expect(statedNorms(metadata as Record<string, string>).size).toBe(0);
});

it.each([
  ['{"op": "layer_norm", "normalized_shape": [4, 8]}', { axes: [-2, -1] }],
  ['{"op": "layer_norm", "normalizedShape": 8}', { axes: [-1] }],
  ['{"op": "layer_norm", "normalized_shape": [4, 8], "axes": [1]}', { axes: [1] }],
  ['{"op": "layer_norm", "normalized_shape": "8"}', {}],
  ['{"op": "layer_norm", "normalized_shape": []}', {}],
])('reads the axes of %s', (norm, spec) => {
  expect(statedNorms({ norms: `{"ln": ${norm}}` }).get('ln')?.spec).toEqual(spec);
});
