import { swapToHost } from '../tensor/byteOrder';
import { encodeFloats } from '../tensor/encodeFloat';
import type { DType } from '../tensor/dtype';
import type { Tensor } from '../tensor/tensor';

/** NumPy has no bfloat16 and float8: they are written as float32, which keeps their values. */
const descrs: Readonly<Record<DType, string>> = {
  float64: '<f8',
  float32: '<f4',
  float16: '<f2',
  bfloat16: '<f4',
  float8_e4m3fn: '<f4',
  float8_e5m2: '<f4',
  int64: '<i8',
  int32: '<i4',
  int16: '<i2',
  int8: '|i1',
  uint64: '<u8',
  uint32: '<u4',
  uint16: '<u2',
  uint8: '|u1',
  bool: '|b1',
  complex64: '<c8',
  complex128: '<c16',
};

/** Makes the bytes of a .npy file, version 1, C order; bfloat16 and float8 become float32. */
export function writeNpy({ dtype, shape, values: held }: Tensor): Uint8Array {
  const values = dtype === 'float16' ? encodeFloats(held as Float32Array, dtype) : held;
  const lengths = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const header = `{'descr': '${descrs[dtype]}', 'fortran_order': False, 'shape': (${lengths}), }`;
  // The data begins at a multiple of 64, as NumPy aligns it for memory mapping; the last byte of the header is a line end.
  const headerBytes = Math.ceil((10 + header.length + 1) / 64) * 64 - 10;
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const data = swapToHost(bytes, values.BYTES_PER_ELEMENT, true);
  const file = new Uint8Array(10 + headerBytes + data.length);
  file.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, headerBytes & 0xff, headerBytes >> 8]);
  file.set(new TextEncoder().encode(`${header.padEnd(headerBytes - 1)}\n`), 10);
  file.set(data, 10 + headerBytes);
  return file;
}
