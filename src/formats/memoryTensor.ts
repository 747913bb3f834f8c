import { hostIsLittleEndian } from '../tensor/byteOrder';
import { dtypes } from '../tensor/dtype';
import { cOrderStrides } from '../tensor/shape';
import type { Tensor } from '../tensor/tensor';
import { MemorySource } from './byteSource';
import type { TensorRef } from './dump';

/**
 * A tensor that is in memory already, as one that is read from there: what a text gives when it is parsed.
 *
 * @param tensor of a dtype whose values are held as a file would hold them, such as float64 or bool
 * @param about  what else is known of it
 */
export function memoryTensor(
  { name, dtype, shape, values }: Tensor,
  about: Pick<TensorRef, 'isLog' | 'isMissing'> = {},
): TensorRef {
  return {
    name,
    dtype,
    shape,
    source: new MemorySource(new Uint8Array(values.buffer, values.byteOffset, values.byteLength)),
    byteOffset: 0,
    strides: cOrderStrides(shape).map((stride) => stride * dtypes[dtype].bytes),
    littleEndian: hostIsLittleEndian,
    ...about,
  };
}
