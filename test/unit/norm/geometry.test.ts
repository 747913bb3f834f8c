import { describe, expect, it } from 'vitest';
import { geometryOf, requireLength, rowGeometry } from '../../../src/norm/geometry';
import type { NormCase } from '../../../src/norm/normCase';
import { defaultSpec } from '../../../src/norm/normSpec';
import { ShapeError } from '../../../src/tensor/errors';
import { elementCount, type Shape } from '../../../src/tensor/shape';
import type { Tensor } from '../../../src/tensor/tensor';

const spec = { ...defaultSpec('layer_norm'), axes: [-2, -1] };

function zeros(name: string, shape: Shape): Tensor {
  return { name, dtype: 'float64', shape, values: new Float64Array(elementCount(shape)) };
}

describe('rowGeometry', () => {
  it('cuts (2, 3, 4, 8) over its last two axes into 6 rows of 32', () => {
    expect(rowGeometry(spec, [2, 3, 4, 8])).toMatchObject({
      rows: 6,
      cols: 32,
      leadingShape: [2, 3],
      normalizedShape: [4, 8],
      affineShape: [4, 8],
      scattered: undefined,
    });
  });

  it('takes a vector as one row', () => {
    expect(rowGeometry(defaultSpec('rms_norm'), [5])).toMatchObject({ rows: 1, cols: 5, leadingShape: [] });
  });

  it.each([
    [[-2, -1], [5]],
    [[-1], []],
    [[], [5]],
    [[-1.5], [5, 5]],
    [
      [-1, 1],
      [5, 5],
    ],
  ])('refuses to normalize the axes %j of %j', (axes, shape) => {
    expect(() => rowGeometry({ ...spec, axes }, shape)).toThrow(ShapeError);
  });

  it('says which shape has too few axes', () => {
    expect(() => rowGeometry(spec, [5])).toThrow('x has shape (5), so its axes -2, -1 cannot be normalized together.');
  });
});

describe('geometryOf', () => {
  const x = zeros('x', [2, 3, 4]);
  const over1: NormCase = { spec: defaultSpec('layer_norm'), x };

  it('accepts tensors that fit', () => {
    const fitting = { weight: zeros('w', [4]), bias: zeros('b', [4]), gradOutput: zeros('dy', [2, 3, 4]) };
    expect(geometryOf({ ...over1, ...fitting })).toMatchObject({ rows: 6, cols: 4 });
  });

  it.each([
    ['weight', [3], 'weight has shape (3), but the normalized axes of x are (4).'],
    ['bias', [4, 1], 'bias has shape (4, 1), but the normalized axes of x are (4).'],
    ['gradWeight', [12], 'grad_weight has shape (12), but the normalized axes of x are (4).'],
    ['gradOutput', [6, 4], 'grad_output has shape (6, 4), but x is (2, 3, 4).'],
    ['output', [2, 3], 'output has shape (2, 3), but x is (2, 3, 4).'],
  ])('names %s and both shapes', (role, shape, message) => {
    expect(() => geometryOf({ ...over1, [role]: zeros(role, shape) })).toThrow(message);
  });
});

it('requireLength names both lengths', () => {
  expect(() => requireLength('weight', new Float64Array(127), 128)).toThrow('weight has 127 values, needs 128.');
  expect(() => requireLength('weight', undefined, 128)).not.toThrow();
});
