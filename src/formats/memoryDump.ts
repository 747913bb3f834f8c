import { hostIsLittleEndian } from '../tensor/byteOrder';
import { dtypes } from '../tensor/dtype';
import { cOrderStrides } from '../tensor/shape';
import type { Tensor } from '../tensor/tensor';
import { MemorySource } from './byteSource';
import type { Dump } from './dump';

/**
 * A dump of tensors that are in memory already, without copying them.
 *
 * @param tensors  with values held as files hold them: no float16, bfloat16 or float8
 * @param metadata as a file would say about itself
 */
export function memoryDump(tensors: readonly Tensor[], metadata: Readonly<Record<string, string>> = {}): Dump {
  return {
    format: 'memory',
    metadata,
    notes: [],
    tensors: tensors.map(({ name, dtype, shape, values }) => ({
      name,
      dtype,
      shape,
      source: new MemorySource(new Uint8Array(values.buffer as ArrayBuffer, values.byteOffset, values.byteLength)),
      byteOffset: 0,
      strides: cOrderStrides(shape).map((stride) => stride * dtypes[dtype].bytes),
      littleEndian: hostIsLittleEndian,
    })),
  };
}
