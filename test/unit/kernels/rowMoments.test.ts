import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { momentNames, type MomentName } from '../../../src/kernels/momentColumns';
import { dtypes } from '../../../src/tensor/dtype';
import { exactMoments } from './exactMoments';
import { elementTypes, float32, float64, rowMoments, scalar, simd } from './kernelPair';

type RowMoments = Record<MomentName, number>;

/** Moments as people know them, which do not depend on the scale that they are kept in. */
function derived({ mean, scale, m2, m3, m4, sumSquares }: RowMoments, finite: number) {
  return {
    mean,
    std: Math.sqrt(m2 / finite) * scale,
    rms: Math.sqrt(sumSquares / finite) * scale,
    skewness: m2 === 0 ? 0 : (Math.sqrt(finite) * m3) / m2 ** 1.5,
    kurtosis: m2 === 0 ? 0 : (finite * m4) / m2 ** 2,
  };
}

/** Whether two numbers agree to so many parts of the larger one, or of `size`. */
function agree(a: number, b: number, tolerance: number, size = 0): boolean {
  return Object.is(a, b) || Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b), size);
}

function expectSameMoments(found: RowMoments, expected: RowMoments, cols: number): void {
  const counts: MomentName[] = ['nan', 'posInf', 'negInf', 'zero', 'min', 'max', 'absMax'];
  for (const name of counts) {
    expect(found[name], name).toBe(expected[name]);
  }
  const finite = cols - expected.nan - expected.posInf - expected.negInf;
  const a = derived(found, finite);
  const b = derived(expected, finite);
  // What the kernel's shifted sums can lose at the very worst, see float32Block: a row that begins with its one
  // outlier.
  expect(agree(a.mean, b.mean, 1e-12, expected.absMax), `mean ${a.mean} ${b.mean}`).toBe(true);
  expect(agree(a.std, b.std, 1e-10), `std ${a.std} ${b.std}`).toBe(true);
  expect(agree(a.rms, b.rms, 1e-10), `rms ${a.rms} ${b.rms}`).toBe(true);
  expect(agree(a.kurtosis, b.kurtosis, 1e-9), `kurtosis ${a.kurtosis} ${b.kurtosis}`).toBe(true);
  expect(agree(a.skewness, b.skewness, 1e-9, b.kurtosis), `skewness ${a.skewness} ${b.skewness}`).toBe(true);
}

const regimes: Record<string, (i: number) => number> = {
  'near zero mean': (i) => Math.sin(i * i),
  '10000 + i · 1e-3': (i) => 10_000 + i * 1e-3,
  'near ±3e38': (i) => (i % 2 ? 3e38 : -2.9e38) + i * 1e33,
  'all near 3e38': (i) => 3e38 + i * 1e33,
  'subnormal numbers': (i) => (i - 3) * 1e-44,
  'one outlier first': (i) => (i === 0 ? 1e6 : Math.cos(i)),
  'one outlier later': (i) => (i === 5 ? -1e20 : i),
  'a million and a bit': (i) => 1e6 + (i % 3) / 16,
  'steps of one unit in the last place': (i) => 16_777_214 + (Math.floor(i / 1024) % 2),
};

describe.each([simd, scalar])('row moments ($kind)', (kernels) => {
  test('of the scores 20, 50, 60, 80, 90', () => {
    expect(rowMoments(kernels, float32([20, 50, 60, 80, 90]), 1)).toEqual([
      {
        ...{ nan: 0, posInf: 0, negInf: 0, zero: 0, min: 20, max: 90, absMax: 90, mean: 60, scale: 1 },
        // distances −40, −10, 0, 20, 30
        ...{ m2: 3000, m3: -30_000, m4: 3_540_000, sumSquares: 21_000 },
      },
    ]);
  });

  test('are over the finite values; the others are counted', () => {
    const [moments] = rowMoments(kernels, float32([NaN, -3, Infinity, 1, -0, -Infinity, NaN, 0, 2]), 1);
    expect(moments).toMatchObject({ nan: 2, posInf: 1, negInf: 1, zero: 2, min: -3, max: 2, absMax: 3, mean: 0 });
    expect(moments).toMatchObject({ m2: 14, m3: -18, m4: 98, sumSquares: 14 });
  });

  test('of rows without any finite value', () => {
    const none = { min: NaN, max: NaN, absMax: NaN, mean: NaN, scale: 1, m2: 0, m3: 0, m4: 0, sumSquares: 0 };
    expect(rowMoments(kernels, float32([NaN, Infinity, -Infinity, -Infinity]), 2)).toEqual([
      { nan: 1, posInf: 1, negInf: 0, zero: 0, ...none },
      { nan: 0, posInf: 0, negInf: 2, zero: 0, ...none },
    ]);
  });

  test.each([1, 7, 1024, 5000])('of a constant row of %d: exactly its value, and no variance', (cols) => {
    for (const value of [0.1, -3.3e38, 1e-45]) {
      const [moments] = rowMoments(kernels, float32(Array(cols).fill(value)), 1);
      expect(moments).toMatchObject({ mean: Math.fround(value), m2: 0, m3: 0, m4: 0 });
    }
    expect(rowMoments(kernels, float64(Array(cols).fill(0.1)), 1)).toMatchObject([{ mean: 0.1, m2: 0, m3: 0, m4: 0 }]);
  });

  test.each(Object.entries(regimes))('agree with exact sums in every row length: %s', (_, value) => {
    const lengths = [...Array(70).keys()].map((i) => i + 1).concat([1023, 1024, 1025, 1031, 2048, 4096, 10_007]);
    for (const cols of lengths) {
      const values = Float32Array.from({ length: cols }, (_, i) => value(i));
      const [found] = rowMoments(kernels, float32(values), 1);
      const { mean, variance } = exactMoments(values);
      expect(agree(found.mean, mean, 1e-9), `mean of ${cols}: ${found.mean} ${mean}`).toBe(true);
      expect(agree(found.m2 / cols, variance, 1e-9), `variance of ${cols}: ${found.m2 / cols} ${variance}`).toBe(true);
    }
  });

  test.each([3, 5, 1027, 3000])('keep the mean of %d values of which the large ones cancel', (cols) => {
    const values = Array.from({ length: cols }, (_, i) => (i === 1 ? 2 ** 70 : i === cols - 1 ? -(2 ** 70) : 0.25));
    const mean = (0.25 * (cols - 2)) / cols;
    expect(rowMoments(kernels, float32(values), 1)[0].mean).toBe(mean);
    expect(rowMoments(kernels, float64(values), 1)[0].mean).toBe(mean);
    expect(rowMoments(kernels, float64([...values, NaN, Infinity]), 1)[0].mean).toBe(mean);
    expect(rowMoments(kernels, float64(values.map((value) => value * 2 ** 300)), 1)[0].mean).toBe(mean * 2 ** 300);
  });

  test('agree with exact sums for any float32', () => {
    const values = fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 100 });
    fc.assert(
      fc.property(values, (values) => {
        const [found] = rowMoments(kernels, float32(values), 1);
        const { mean, variance } = exactMoments(values);
        // Of terms that cancel, what is below the 106 bits of two float64 is lost.
        expect(agree(found.mean, mean, 1e-9, 1e-15 * found.absMax)).toBe(true);
        expect(agree(found.m2 / values.length, variance, 1e-9)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('neither overflow nor vanish for float64 at the ends of its range', () => {
    for (const size of [1e308, 1e200, 1e-160, 1e-300]) {
      const [found] = rowMoments(kernels, float64([-size, 0, size, size]), 1);
      const { mean, std, rms, kurtosis } = derived(found, 4);
      expect(mean / size).toBeCloseTo(0.25, 12);
      expect(std / size).toBeCloseTo(Math.sqrt(0.6875), 12);
      expect(rms / size).toBeCloseTo(Math.sqrt(0.75), 12);
      expect(kurtosis).toBeCloseTo((4 * (1.25 ** 4 + 0.25 ** 4 + 2 * 0.75 ** 4)) / 2.75 ** 2, 10);
    }
  });

  test('do not depend on how rows are grouped into calls', () => {
    const values = Float32Array.from({ length: 6 * 1500 }, (_, i) => Math.sin(i) * 1000 + 1e4);
    const together = rowMoments(kernels, float32(values), 6);
    const apart = [0, 1, 2, 3, 4, 5].flatMap((row) =>
      rowMoments(kernels, float32(values.subarray(row * 1500, (row + 1) * 1500)), 1),
    );
    expect(apart).toEqual(together);
  });

  test.each(Object.entries(regimes))('up to the second are the same without the others: %s', (_, value) => {
    const raw = float32(Array.from({ length: 3 * 1500 }, (_, i) => (i === 700 ? NaN : value(i))));
    const expected = rowMoments(kernels, raw, 3).map((row) => ({ ...row, m3: NaN, m4: NaN }));
    expect(rowMoments(kernels, raw, 3, 2)).toEqual(expected);
  });

  test('of empty rows, and of no rows', () => {
    expect(rowMoments(kernels, float32([]), 2)).toMatchObject([
      { mean: NaN, m2: 0 },
      { mean: NaN, m2: 0 },
    ]);
    expect(rowMoments(kernels, float32([]), 0)).toEqual([]);
  });
});

describe('the kernel and its twin agree', () => {
  test.each(elementTypes)('on any %s, in either byte order, at any address', (dtype) => {
    const elementBytes = dtypes[dtype].bytes;
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: elementBytes, maxLength: 400 }),
        fc.boolean(),
        fc.nat(15),
        (noise, littleEndian, misalignment) => {
          const bytes = noise.slice(0, noise.length - (noise.length % elementBytes));
          const raw = { bytes, dtype, littleEndian, misalignment };
          const [found] = rowMoments(simd, raw, 1);
          const [expected] = rowMoments(scalar, raw, 1);
          expectSameMoments(found, expected, bytes.length / elementBytes);
        },
      ),
      { numRuns: 200 },
    );
  });

  test.each(['float32', 'float64'] as const)('on rows of %s with special values among many others', (dtype) => {
    const special = fc.constantFrom(NaN, Infinity, -Infinity, 0, -0, 1, -1, 65504, 1e-40, 3.4e38, 1e300, -1e-300);
    const ordinary = fc.double({ min: -100, max: 100, noNaN: true });
    const row = fc.array(fc.oneof({ weight: 20, arbitrary: ordinary }, { weight: 1, arbitrary: special }), {
      minLength: 1,
      maxLength: 2500,
      size: 'max',
    });
    fc.assert(
      fc.property(row, (values) => {
        const raw = dtype === 'float32' ? float32(values) : float64(values);
        const [found] = rowMoments(simd, raw, 1);
        const [expected] = rowMoments(scalar, raw, 1);
        expectSameMoments(found, expected, values.length);
      }),
      // A failure is told as it is: to shrink thousands of numbers would take many minutes.
      { endOnFailure: true },
    );
  });

  test('on the names and order of the columns', () => {
    expect(momentNames).toEqual(Object.keys(rowMoments(simd, float32([1]), 1)[0]));
    expect(momentNames).toHaveLength(13);
  });
});
