import { elementCount, type Shape } from '../../../src/tensor/shape';
import type { DType, Values } from '../../../src/tensor/dtype';
import type { Tensor } from '../../../src/tensor/tensor';
import { Random } from '../../../src/norm/random';

/** A tensor as a file would bring it. */
export function tensor(
  name: string,
  shape: Shape,
  values: Values | readonly number[],
  dtype: DType = 'float64',
): Tensor {
  return { name, dtype, shape, values: Array.isArray(values) ? Float64Array.from(values) : (values as Values) };
}

/** Seeded standard normal numbers. */
export function randomTensor(name: string, shape: Shape, seed: number): Tensor {
  return tensor(name, shape, new Random(seed).normals(elementCount(shape)));
}
