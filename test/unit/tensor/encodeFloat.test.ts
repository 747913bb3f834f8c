import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeValues } from '../../../src/tensor/decode';
import { encodeFloats } from '../../../src/tensor/encodeFloat';
import { roundTo, smallFloats, type SmallFloatDtype } from '../../../src/tensor/roundFloat';

const largestFloat32 = (2 - 2 ** -23) * 2 ** 127;

/** From NumPy, PyTorch and ml_dtypes; the second code is the saturating one. */
const known: Record<SmallFloatDtype, [value: number, code: number, saturated?: number][]> = {
  float16: [
    [1, 0x3c00],
    [-0, 0x8000],
    [65519.99, 0x7bff],
    [65520, 0x7c00, 0x7bff],
    [2 ** -14, 0x0400],
    [2 ** -24, 0x0001],
    [2 ** -25, 0x0000],
    [2 ** -25 * 1.0001, 0x0001],
    [1 + 2 ** -11, 0x3c00],
    [1 + 3 * 2 ** -11, 0x3c02],
    [0.1, 0x2e66],
    [1 / 3, 0x3555],
    [6.1e-5, 0x03ff],
    [1 + 2 ** -11 + 2 ** -40, 0x3c01],
    [NaN, 0x7e00],
  ],
  bfloat16: [
    [1, 0x3f80],
    [0.1, 0x3dcd],
    [1 / 3, 0x3eab],
    [1e-5, 0x3728],
    [1 + 2 ** -8, 0x3f80],
    [1 + 3 * 2 ** -8, 0x3f82],
    [largestFloat32, 0x7f80, 0x7f7f],
    [2 ** -133, 0x0001],
    [65504, 0x4780],
    [1 + 2 ** -8 + 2 ** -40, 0x3f81],
    [-Infinity, 0xff80, 0xff7f],
    [NaN, 0x7fc0],
  ],
  float8_e4m3fn: [
    [1, 0x38],
    [463.9, 0x7e],
    [464, 0x7e],
    [464.1, 0x7f, 0x7e],
    [480, 0x7f, 0x7e],
    [Infinity, 0x7f, 0x7e],
    [NaN, 0x7f],
    [2 ** -6, 0x08],
    [2 ** -9, 0x01],
    [2 ** -10, 0x00],
    [1.01 * 2 ** -10, 0x01],
    [3 * 2 ** -10, 0x02],
    [1.0625, 0x38],
    [1.1875, 0x3a],
    [0.1, 0x1d],
    [-17, 0xd8],
  ],
  float8_e5m2: [
    [1, 0x3c],
    [57344, 0x7b],
    [61439, 0x7b],
    [61440, 0x7c, 0x7b],
    [Infinity, 0x7c, 0x7b],
    [NaN, 0x7e],
    [2 ** -16, 0x01],
    [2 ** -17, 0x00],
    [1.01 * 2 ** -17, 0x01],
    [1.125, 0x3c],
    [1.375, 0x3e],
    [0.1, 0x2e],
  ],
};
const dtypes = Object.keys(smallFloats) as SmallFloatDtype[];

/** The bytes of codes as a file would hold them. */
function bytesOf(codes: Uint16Array, dtype: SmallFloatDtype): Uint8Array {
  return dtype.startsWith('float8') ? Uint8Array.from(codes) : new Uint8Array(codes.buffer);
}

describe.each(dtypes)('%s', (dtype) => {
  it.each(known[dtype])('encodes %d', (value, code, saturated = code) => {
    expect(encodeFloats([value], dtype)[0]).toBe(code);
    expect(encodeFloats([value], dtype, 'saturate')[0]).toBe(saturated);
  });

  it('brings every code back from its value, but for the spare codes of NaN', () => {
    const count = dtype.startsWith('float8') ? 256 : 65536;
    const codes = Uint16Array.from({ length: count }, (_, code) => code);
    const values = decodeValues(bytesOf(codes, dtype), dtype, true) as Float32Array;
    const back = encodeFloats(values, dtype);
    const wrong = codes.filter((code) => back[code] !== code && !Number.isNaN(values[code]));
    expect(Array.from(wrong)).toEqual([]);
  });

  it('rounds to a number of the format that no other is nearer than', () => {
    const count = dtype.startsWith('float8') ? 256 : 65536;
    const codes = Uint16Array.from({ length: count }, (_, code) => code);
    const all = (decodeValues(bytesOf(codes, dtype), dtype, true) as Float32Array).filter(Number.isFinite).sort();
    const round = roundTo(dtype, 'saturate');
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: 2 * all[0], max: 2 * all[all.length - 1] }), (value) => {
        const above = all.findIndex((candidate) => candidate >= value);
        const near = above < 0 ? [all[all.length - 1]] : [all[Math.max(0, above - 1)], all[above]];
        const distance = Math.min(...near.map((candidate) => Math.abs(candidate - value)));
        expect(Math.abs(round(value) - value)).toBe(distance);
      }),
      { numRuns: 200 },
    );
  });
});
