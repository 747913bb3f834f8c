import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longDecimal, shortDecimal } from '../../../src/text/decimal';

describe('shortDecimal', () => {
  it('divides or multiplies once', () => {
    expect(shortDecimal(25, -1)).toBe(2.5);
    expect(shortDecimal(25, 0)).toBe(25);
    expect(shortDecimal(25, 22)).toBe(25e22);
  });

  it('reads small and large numbers of few digits in twice the precision', () => {
    expect(shortDecimal(123, -30)).toBe(1.23e-28);
    expect(shortDecimal(123, 30)).toBe(1.23e32);
  });

  it('leaves the ends of float64 to others', () => {
    expect(shortDecimal(1, 251)).toBeNaN();
    expect(shortDecimal(1, -251)).toBeNaN();
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
      fc.property(mantissa, fc.integer({ min: -250, max: 250 }), (digits, exponent) => {
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

  it('rounds correctly beside the middle of two float64s of any size', () => {
    const bounds = { min: 1e-230, max: 1e230, noNaN: true };
    fc.assert(
      fc.property(fc.double(bounds), fc.integer({ min: -600, max: 600 }), (value, shift) => {
        const [digits, exponent] = value.toExponential(17).replace('.', '').split('e');
        const beside = String(BigInt(digits) + BigInt(shift));
        fc.pre(beside.length === 18);
        const read = longDecimalOf(beside, Number(exponent) - 17);
        fc.pre(!Number.isNaN(read));
        expect(read).toBe(Number(`${beside}e${Number(exponent) - 17}`));
      }),
      { numRuns: 5_000 },
    );
  });

  it('leaves more than nine further digits to others', () => {
    expect(longDecimal(123456789, 1234567890, 10, -5)).toBeNaN();
  });
});
