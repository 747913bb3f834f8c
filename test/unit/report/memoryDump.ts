import { MemorySource } from '../../../src/formats/byteSource';
import type { Dump } from '../../../src/formats/dump';
import { cOrderStrides } from '../../../src/tensor/shape';
import { dtypes } from '../../../src/tensor/dtype';
import type { Tensor } from '../../../src/tensor/tensor';

/** A dump in memory of tensors whose values are held as their files hold them (no float16, bfloat16 or float8). */
export function memoryDump(tensors: readonly Tensor[], metadata: Record<string, string> = {}): Dump {
  return {
    format: 'memory',
    metadata,
    notes: [],
    tensors: tensors.map(({ name, dtype, shape, values }) => ({
      name,
      dtype,
      shape,
      source: new MemorySource(new Uint8Array(values.buffer.slice(0))),
      byteOffset: 0,
      strides: cOrderStrides(shape).map((stride) => stride * dtypes[dtype].bytes),
      littleEndian: true,
    })),
  };
}
