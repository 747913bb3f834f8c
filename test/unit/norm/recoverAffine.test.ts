import { expect, it } from 'vitest';
import { rowGeometry } from '../../../src/norm/geometry';
import { defaultSpec } from '../../../src/norm/normSpec';
import { Random } from '../../../src/norm/random';
import { recoverAffine } from '../../../src/norm/recoverAffine';
import { expectClose } from './expectClose';

const over8 = rowGeometry(defaultSpec('layer_norm'), [5, 8]);
const random = new Random(1);
const [normalized, weight, bias] = [random.normals(5 * 8), random.normals(8), random.normals(8)];
const y = normalized.map((value, i) => value * weight[i % 8] + bias[i % 8]);

it('recovers weight and bias from x̂ and y', () => {
  const found = recoverAffine(over8, normalized, y);
  expectClose(found.weight, weight, 1e-13);
  expectClose(found.bias, bias, 1e-13);
});

it('leaves what is known as it is', () => {
  expect(recoverAffine(over8, normalized, y, { known: { weight } }).weight).toBe(weight);
  expectClose(recoverAffine(over8, normalized, y, { known: { weight } }).bias, bias, 1e-13);
  expectClose(recoverAffine(over8, normalized, y, { known: { bias } }).weight, weight, 1e-13);
});

it('recovers a weight alone of a norm without a bias', () => {
  const scaled = normalized.map((value, i) => value * weight[i % 8]);
  const found = recoverAffine(over8, normalized, scaled, { hasBias: false });
  expectClose(found.weight, weight, 1e-13);
  expect(found.bias).toEqual(new Float64Array(8));
});

it('shares a weight and bias among the values of a channel', () => {
  const channels = rowGeometry(defaultSpec('batch_norm'), [20, 2]);
  const z = random.normals(40);
  const made = z.map((value, i) => (i < 20 ? 2 * value + 1 : -value));
  const found = recoverAffine(channels, z, made);
  expectClose(found.weight, [2, -1], 1e-13);
  expectClose(found.bias, [1, 0], 1e-13);
});

it('gives a feature that does not vary its bias alone', () => {
  const single = rowGeometry(defaultSpec('layer_norm'), [1, 2]);
  expect(recoverAffine(single, Float64Array.of(1, 2), Float64Array.of(3, 4))).toMatchObject({
    weight: Float64Array.of(0, 0),
    bias: Float64Array.of(3, 4),
  });
});
