import { describe, expect, it } from 'vitest';
import { float16, float8E4m3fn, float8E5m2, smallFloatTable } from '../../../src/tensor/smallFloat';

describe('smallFloatTable', () => {
  it.each([
    { name: 'float16', format: float16, codes: 65536, largest: 65504, smallest: 2 ** -24, nan: 2046, infinite: 2 },
    { name: 'float8_e4m3fn', format: float8E4m3fn, codes: 256, largest: 448, smallest: 2 ** -9, nan: 2, infinite: 0 },
    { name: 'float8_e5m2', format: float8E5m2, codes: 256, largest: 57344, smallest: 2 ** -16, nan: 6, infinite: 2 },
  ])('covers every code of $name', ({ format, codes, largest, smallest, nan, infinite }) => {
    const table = smallFloatTable(format);
    const finite = [...table].filter(Number.isFinite);
    expect(table).toHaveLength(codes);
    expect(Math.max(...finite.slice(0, 2 ** 15))).toBe(largest);
    expect(finite.filter((value) => value > 0).reduce((a, b) => Math.min(a, b))).toBe(smallest);
    expect(table.filter(Number.isNaN)).toHaveLength(nan);
    expect(table.filter((value) => Math.abs(value) === Infinity)).toHaveLength(infinite);
  });

  it('rises with the code, and mirrors it for negative numbers', () => {
    const table = smallFloatTable(float16);
    for (let code = 1; code <= 0x7c00; code++) {
      expect(table[code] > table[code - 1]).toBe(true);
      expect(table[0x8000 + code]).toBe(-table[code]);
    }
  });
});
