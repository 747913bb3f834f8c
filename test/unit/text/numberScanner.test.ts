import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NumberScanner } from '../../../src/text/numberScanner';

/** The number that is the whole of a list's element; undefined if that is none. */
function numberOf(text: string): number | undefined {
  const scanner = new NumberScanner(`[${text},`);
  const end = scanner.read(1);
  return end > 1 && end === text.length + 1 ? scanner.value : undefined;
}

describe('NumberScanner', () => {
  it.each([
    ['0', 0],
    ['-0.0', -0],
    ['+3', 3],
    ['1.', 1],
    ['.5', 0.5],
    ['-.5e1', -5],
    ['1e-5', 1e-5],
    ['4E+1', 40],
    ['1e400', Infinity],
    ['5e-324', 5e-324],
    ['12345678901234567890', 12345678901234567000],
    ['0.30000000000000004', 0.30000000000000004],
    ['1_000.5_0', 1000.5],
    ['0xff', 255],
    ['-0XFF_FF', -65535],
    ['0b101', 5],
    ['0o17', 15],
    ['true', 1],
    ['False', 0],
    ['nan', NaN],
    ['NaN', NaN],
    ['-inf', -Infinity],
    ['Infinity', Infinity],
    ['np.nan', NaN],
    ['-np.inf', -Infinity],
    ['numpy.nan', NaN],
    ['math.inf', Infinity],
    ['torch.inf', Infinity],
    ['jnp.nan', NaN],
    ["float('nan')", NaN],
    ['float("-INF")', -Infinity],
    ["-float('infinity')", -Infinity],
    ["float('1e3')", 1000],
    ['np.float32(-1.5)', -1.5],
    ['np.float64(nan)', NaN],
    ['np.int64(7)', 7],
    ['np.True_', 1],
    ['1.5f', 1.5],
    ['-3e-2F', -0.03],
    ['2.f', 2],
    ['.5F', 0.5],
    ['1u', 1],
    ['2UL', 2],
    ['3ull', 3],
    ['−1.5', -1.5],
    ['2.5d', 2.5],
    ['-2.0D-3', -0.002],
    ['-INF', -Infinity],
    ['0x1p-3', 0.125],
    ['-0x.8p0', -0.5],
    ['0x1.8p1f', 3],
    ['0x1p-1074', 5e-324],
    ['0x1.fffffffffffffp+1023', Number.MAX_VALUE],
    ["1'000.5", 1000.5],
    ['NAN', NaN],
    ['-INFINITY', -Infinity],
    ['std::numeric_limits<float>::infinity()', Infinity],
    ['1.0_f64', 1],
    ['1_000u32', 1000],
    ['0xffu8', 255],
    ['-7i64', -7],
    ['f32::NAN', NaN],
    ['-f64::INFINITY', -Infinity],
    ['std::f32::NEG_INFINITY', -Infinity],
    ['9007199254740993n', 9007199254740992],
    ['Number.NaN', NaN],
    ['Number.NEGATIVE_INFINITY', -Infinity],
    ['1f0', 1],
    ['2.5f-1', 0.25],
    ['.nan', NaN],
    ['.NAN', NaN],
    ['-.INF', -Infinity],
    ['-.inf', -Infinity],
  ])('reads %s', (text, value) => {
    expect(numberOf(text)).toBe(value);
  });

  it.each(
    [
      [
        '',
        '-',
        '+',
        '.',
        'e5',
        '1e',
        '1e+',
        '1.2.3',
        '1__0',
        '1_',
        '_1',
        '0x',
        '0b2',
        '0o8',
        '1ng',
        '1.5fs',
        '1u9',
        '0x1p',
        '--1',
        '+-1',
      ],
      [
        'null',
        'None',
        'undefined',
        'nano',
        'np',
        'np.pi',
        'Number.EPSILON',
        'f32',
        '.x',
        'x',
        'float',
        'float()',
        'float("x")',
        "float('1)",
        'f(2)',
      ],
      ['float(float(1))', 'float(\'nan")', '1é', '…', '...', '"1"'],
    ].flat(),
  )('reads no number in %s', (text) => {
    expect(numberOf(text)).toBeUndefined();
  });

  it.each([
    ['1.5f', 'float32'],
    ['1_f64', 'float64'],
    ['7u8', 'uint8'],
    ['1f0', 'float32'],
    ['1u', undefined],
    ['7usize', undefined],
    ['1.5', undefined],
  ])('knows the element type that %s tells', (text, dtype) => {
    const scanner = new NumberScanner(text);
    scanner.read(0);
    expect(scanner.dtype).toBe(dtype);
  });

  it('reads any double as printed, bit for bit', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(numberOf(Object.is(value, -0) ? '-0' : String(value))).toBe(value);
      }),
      { numRuns: 2_000 },
    );
  });

  it('agrees with Number on any decimal', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 25 });
    const exponent = fc.option(fc.integer({ min: -40, max: 40 }), { nil: undefined });
    fc.assert(
      fc.property(digits, digits, exponent, (whole, fraction, power) => {
        fc.pre(whole + fraction !== '');
        const text = `${whole}.${fraction}${power === undefined ? '' : `e${power}`}`;
        expect(numberOf(text)).toBe(Number(text));
      }),
      { numRuns: 5_000 },
    );
  });
});
