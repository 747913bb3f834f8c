import type { DType, Values } from './dtype';
import type { Shape } from './shape';

/** An array of numbers with a shape: contiguous values in C order. */
export interface Tensor {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: Shape;
  /** Of length `elementCount(shape)`; twice that, (re, im) pairs, for complex dtypes. */
  readonly values: Values;
  /** What one step of the last printed decimal is worth, where the values were read from a print that rounded them. */
  readonly resolution?: number;
}

/**
 * The values as float64, shape unchanged: 64-bit integers rounded to nearest, bool as 0 and 1, complex as magnitude.
 * A float64 tensor's own array is returned, not a copy.
 */
export function toFloat64(tensor: Tensor): Float64Array {
  const { dtype, values } = tensor;
  if (dtype === 'complex64' || dtype === 'complex128') {
    return Float64Array.from({ length: values.length / 2 }, (_, i) =>
      Math.hypot(Number(values[2 * i]), Number(values[2 * i + 1])),
    );
  }
  if (values instanceof Float64Array) {
    return values;
  }
  return values instanceof BigInt64Array || values instanceof BigUint64Array
    ? Float64Array.from(values, Number)
    : new Float64Array(values);
}
