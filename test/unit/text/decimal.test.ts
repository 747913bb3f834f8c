import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longDecimal, shortDecimal } from '../../../src/text/decimal';

describe('shortDecimal', () => {
  it('divides or multiplies once', () => {
    expect(shortDecimal(25, -1)).toBe(2.5);
    expect(shortDecimal(25, 0)).toBe(25);
    expect(shortDecimal(25, 22)).toBe(25e22);
  });

  it('leaves powers of ten that are not exact to others', () => {
    expect(shortDecimal(1, 23)).toBeNaN();
    expect(shortDecimal(1, -23)).toBeNaN();
  });
});

/** What `longDecimal` makes of the digits of a number from 10⁸ on, times ten to a power. */
function longDecimalOf(digits: string, exponent: number): number {
  return longDecimal(Number(digits.slice(0, 9)), Number(digits.slice(9)), digits.length - 9, exponent);
}

describe('longDecimal', () => {
  it('answers for numbers printed in full', () => {
    const random = fc.double({ min: 0.1, max: 1, noNaN: true });
    fc.assert(
      fc.property(random, (value) => {
        const digits = value.toFixed(17).slice(2);
        expect(longDecimalOf(digits, -17)).toBe(Number(`0.${digits}`));
      }),
      { numRuns: 2_000 },
    );
  });

  it('rounds correctly wherever it answers', () => {
    const mantissa = fc.bigInt(10n ** 8n, 10n ** 18n - 1n);
    fc.assert(
      fc.property(mantissa, fc.integer({ min: -22, max: 0 }), (digits, exponent) => {
        const value = longDecimalOf(String(digits), exponent);
        fc.pre(!Number.isNaN(value));
        expect(value).toBe(Number(`${digits}e${exponent}`));
      }),
      { numRuns: 5_000 },
    );
  });

  it('rounds correctly right beside the middle of two float64s, and leaves the middle itself to others', () => {
    fc.assert(
      fc.property(fc.bigInt(2n ** 54n, 2n ** 59n), (integer) => {
        const step = 2n ** BigInt(integer.toString(2).length - 53);
        const middle = (integer / step) * step + step / 2n;
        expect(longDecimalOf(String(middle), 0)).toBeNaN();
        for (const beside of [middle - 1n, middle + 1n]) {
          expect(longDecimalOf(String(beside), 0)).toBe(Number(beside));
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('leaves more than nine further digits to others', () => {
    expect(longDecimal(123456789, 1234567890, 10, -5)).toBeNaN();
  });
});
