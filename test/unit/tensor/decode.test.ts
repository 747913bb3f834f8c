import { describe, expect, it } from 'vitest';
import { decodeValues } from '../../../src/tensor/decode';
import { dtypes, type DType } from '../../../src/tensor/dtype';

const bytesOf = (...bytes: number[]) => Uint8Array.from(bytes);

/** Bytes of 16-bit codes, little-endian. */
const codes = (...words: number[]) => new Uint8Array(Uint16Array.from(words).buffer);

describe('decodeValues', () => {
  it('reads float16: normal, subnormal, signed zero, infinity, NaN', () => {
    const bytes = codes(0x3c00, 0x8000, 0x7bff, 0x0400, 0x0001, 0x2e66, 0x3555, 0x7c00, 0xfc00, 0x7e00);
    expect([...decodeValues(bytes, 'float16', true)]).toEqual([
      1,
      -0,
      65504,
      2 ** -14,
      2 ** -24,
      0.0999755859375,
      0.333251953125,
      Infinity,
      -Infinity,
      NaN,
    ]);
  });

  it('reads bfloat16', () => {
    const bytes = codes(0x3f80, 0x3dcd, 0x4780, 0x0001, 0x7f7f, 0xff80, 0x7fc0, 0x8000);
    expect([...decodeValues(bytes, 'bfloat16', true)]).toEqual([
      1,
      0.10009765625,
      65536,
      2 ** -133,
      255 * 2 ** 120,
      -Infinity,
      NaN,
      -0,
    ]);
  });

  it('reads float8_e4m3fn, which has NaN but no infinity', () => {
    const bytes = bytesOf(0x38, 0x7e, 0x08, 0x01, 0x1d, 0xd8, 0x78, 0x7f, 0xff, 0x80);
    expect([...decodeValues(bytes, 'float8_e4m3fn', true)]).toEqual([
      1,
      448,
      2 ** -6,
      2 ** -9,
      0.1015625,
      -16,
      256,
      NaN,
      NaN,
      -0,
    ]);
  });

  it('reads float8_e5m2, which has both', () => {
    const bytes = bytesOf(0x3c, 0x7b, 0x01, 0x2e, 0x7c, 0xfc, 0x7d, 0x7f);
    expect([...decodeValues(bytes, 'float8_e5m2', true)]).toEqual([
      1,
      57344,
      2 ** -16,
      0.09375,
      Infinity,
      -Infinity,
      NaN,
      NaN,
    ]);
  });

  it('takes any byte but zero for true', () => {
    expect([...decodeValues(bytesOf(0, 1, 2, 255), 'bool', true)]).toEqual([0, 1, 1, 1]);
  });

  it('keeps 64-bit integers exact', () => {
    const bytes = new Uint8Array(BigUint64Array.of(2n ** 64n - 1n, 2n ** 53n + 1n).buffer);
    expect([...decodeValues(bytes, 'uint64', true)]).toEqual([2n ** 64n - 1n, 2n ** 53n + 1n]);
    expect([...decodeValues(bytes, 'int64', true)]).toEqual([-1n, 2n ** 53n + 1n]);
  });

  it('swaps the bytes of big-endian words, of complex numbers each part on its own', () => {
    expect([...decodeValues(bytesOf(0x01, 0x02, 0xff, 0xfe), 'int16', false)]).toEqual([0x0102, -2]);
    expect([...decodeValues(bytesOf(0x3c, 0x00), 'float16', false)]).toEqual([1]);
    expect([...decodeValues(bytesOf(0x3f, 0x80), 'bfloat16', false)]).toEqual([1]);
    expect([...decodeValues(bytesOf(0x3f, 0x80, 0, 0, 0xc0, 0, 0, 0), 'complex64', false)]).toEqual([1, -2]);
  });

  it('reads from any offset, and keeps no hold of the bytes', () => {
    const bytes = new Uint8Array(9);
    new DataView(bytes.buffer).setFloat64(1, 2.5, true);
    const values = decodeValues(bytes.subarray(1), 'float64', true);
    bytes.fill(0);
    expect([...values]).toEqual([2.5]);
  });

  it('refuses a part of an element', () => {
    expect(() => decodeValues(new Uint8Array(7), 'float32', true)).toThrow(RangeError);
  });

  it.each(Object.keys(dtypes) as DType[])('gives the array that %s states, and one value an element', (dtype) => {
    const { bytes, array, kind } = dtypes[dtype];
    const values = decodeValues(new Uint8Array(3 * bytes), dtype, true);
    expect(values.constructor).toBe(array);
    expect(values).toHaveLength(kind === 'complex' ? 6 : 3);
  });
});
