import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ElementType } from '../../../src/kernels/elementType';
import { decodeValues } from '../../../src/tensor/decode';
import { dtypes } from '../../../src/tensor/dtype';
import { decoded, elementTypes, scalar, simd } from './kernelPair';

/** Every bit pattern of a dtype of one or two bytes. */
function allCodes(dtype: ElementType): Uint8Array {
  return dtypes[dtype].bytes === 1
    ? Uint8Array.from({ length: 256 }, (_, code) => code)
    : new Uint8Array(Uint16Array.from({ length: 65_536 }, (_, code) => code).buffer);
}

describe.each([simd, scalar])('decode ($kind)', (kernels) => {
  test('a few float16: one, the largest, the smallest subnormal, minus zero, infinities, NaN', () => {
    const bytes = new Uint8Array(Uint16Array.of(0x3c00, 0x7bff, 0x0001, 0x8000, 0x7c00, 0xfc00, 0x7e00).buffer);
    expect(decoded(kernels, { bytes, dtype: 'float16' })).toEqual([1, 65504, 2 ** -24, -0, Infinity, -Infinity, NaN]);
  });

  test('a few float8: the largest and NaN of e4m3fn, the largest and infinity of e5m2', () => {
    expect(decoded(kernels, { bytes: Uint8Array.of(0x7e, 0x7f, 0x01, 0x80), dtype: 'float8_e4m3fn' })).toEqual([
      448,
      NaN,
      2 ** -9,
      -0,
    ]);
    expect(decoded(kernels, { bytes: Uint8Array.of(0x7b, 0x7c, 0x01, 0xfd), dtype: 'float8_e5m2' })).toEqual([
      57344,
      Infinity,
      2 ** -16,
      NaN,
    ]);
  });

  test('64-bit integers are rounded to nearest', () => {
    const bytes = new Uint8Array(BigInt64Array.of(-1n, 2n ** 53n + 1n, 2n ** 53n + 3n, -(2n ** 63n)).buffer);
    expect(decoded(kernels, { bytes, dtype: 'int64' })).toEqual([-1, 2 ** 53, 2 ** 53 + 4, -(2 ** 63)]);
    expect(decoded(kernels, { bytes, dtype: 'uint64' })[0]).toBe(2 ** 64);
  });

  test.each(elementTypes.filter((dtype) => dtypes[dtype].bytes <= 2))('every bit pattern of %s', (dtype) => {
    const bytes = allCodes(dtype);
    expect(decoded(kernels, { bytes, dtype })).toEqual(Array.from(decodeValues(bytes, dtype, true), Number));
  });

  test.each(elementTypes)('%s of any length, in either byte order, at any address', (dtype) => {
    const elementBytes = dtypes[dtype].bytes;
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), fc.nat(15), (noise, littleEndian, misalignment) => {
        const bytes = noise.slice(0, noise.length - (noise.length % elementBytes));
        expect(decoded(kernels, { bytes, dtype, littleEndian, misalignment })).toEqual(
          Array.from(decodeValues(bytes, dtype, littleEndian), Number),
        );
      }),
    );
  });

  test('writes nothing beyond its elements', () => {
    const { memory } = kernels;
    const mark = memory.mark();
    const source = memory.reserve(2 * 1037);
    const target = memory.reserve(4 * 1038);
    memory.bytes(source, 2 * 1037).fill(0x3c);
    memory.float32(target, 1038).fill(-7);
    kernels.decode({ start: source, dtype: 'float16', littleEndian: true }, 1037, target);
    expect([...memory.float32(target, 1038).slice(1035)]).toEqual([1.05859375, 1.05859375, -7]);
    memory.release(mark);
  });
});
