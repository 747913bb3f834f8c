import { expect, it } from 'vitest';
import { Random } from '../../../src/norm/random';
import { recoverAffine } from '../../../src/norm/recoverAffine';
import { expectClose } from './expectClose';

it('recovers weight and bias from x̂ and y', () => {
  const random = new Random(1);
  const [normalized, weight, bias] = [random.normals(5 * 8), random.normals(8), random.normals(8)];
  const y = normalized.map((value, i) => value * weight[i % 8] + bias[i % 8]);
  const found = recoverAffine(normalized, y, 8)!;
  expectClose(found.weight, weight, 1e-13);
  expectClose(found.bias, bias, 1e-13);
});

it('recovers nothing from one row', () => {
  expect(recoverAffine(Float64Array.of(1, 2), Float64Array.of(3, 4), 2)).toBeUndefined();
});
