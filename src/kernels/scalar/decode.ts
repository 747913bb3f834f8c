import { decodeValues } from '../../tensor/decode';
import { dtypes } from '../../tensor/dtype';
import { decodedType } from '../elementType';
import type { KernelMemory } from '../kernelMemory';
import type { RawElements } from '../kernels';

/** Twin of `decode`: elements `from` up to `to` as what `decodedType` says, in an array of their own. */
export function decodeElements(
  memory: KernelMemory,
  { start, dtype, littleEndian }: RawElements,
  from: number,
  to: number,
): Float32Array | Float64Array {
  const { bytes } = dtypes[dtype];
  const values = decodeValues(memory.bytes(start + from * bytes, (to - from) * bytes), dtype, littleEndian);
  if (values instanceof Float32Array || values instanceof Float64Array) {
    return values;
  }
  const length = to - from;
  const decoded = decodedType(dtype) === 'float32' ? new Float32Array(length) : new Float64Array(length);
  for (let i = 0; i < length; i++) {
    decoded[i] = Number(values[i]);
  }
  return decoded;
}
