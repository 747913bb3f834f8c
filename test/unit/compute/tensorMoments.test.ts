import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { MemorySource } from '../../../src/formats/byteSource';
import type { TensorRef } from '../../../src/formats/dump';
import { openDump } from '../../../src/formats/openDump';
import { writeNpy } from '../../../src/formats/writeNpy';
import { integerMoments } from '../../../src/norm/integerMoments';
import { excessKurtosis, l2, rms, skewness, variance, type Moments } from '../../../src/norm/moments';
import { momentsAt } from '../../../src/compute/momentsTable';
import { SameThread } from '../../../src/compute/sameThread';
import { rowsMoments, tensorMoments } from '../../../src/compute/tensorMoments';

const folder = 'test/fixtures/rowstats';

interface ExpectedRow {
  readonly label?: string;
  readonly counts: Record<'nan' | 'pos_inf' | 'neg_inf' | 'zero', number>;
  readonly finite: Record<string, number | string>;
}

const statistics: Record<string, (moments: Moments) => number> = {
  mean: ({ mean }) => mean,
  var_pop: variance,
  rms,
  l2,
  min: ({ min }) => min,
  max: ({ max }) => max,
  absmax: ({ absMax }) => absMax,
  skewness,
  kurtosis_excess: excessKurtosis,
};

async function refsOf(file: string): Promise<readonly TensorRef[]> {
  const source = new MemorySource(await readFile(`${folder}/${file}`));
  return (await openDump(source, file)).tensors;
}

const scanner = new SameThread();

describe('moments of rows', async () => {
  const { tensors } = JSON.parse(await readFile(`${folder}/expected.json`, 'utf8')) as {
    tensors: { name: string; axis: number; files: string[]; rows: ExpectedRow[] }[];
  };

  it.each(tensors)(
    'agrees with exact arithmetic on every row of $name over axis $axis',
    async ({ name, axis, rows }) => {
      const ref = (await refsOf('tensors.safetensors')).find((tensor) => tensor.name === name)!;
      const found = await rowsMoments(ref, [axis], scanner);
      expect(found.rows).toBe(rows.length);
      rows.forEach(({ label, counts, finite }, row) => {
        const moments = momentsAt(found.table, row);
        const place = `row ${row} (${label})`;
        expect([moments.nan, moments.posInf, moments.negInf, moments.zero], place).toEqual([
          counts.nan,
          counts.pos_inf,
          counts.neg_inf,
          counts.zero,
        ]);
        for (const [key, of] of Object.entries(statistics)) {
          expectClose(of(moments), Number(finite[key]), `${key} of ${place}`);
        }
      });
    },
  );

  it('keeps the extremes of 64-bit integers exact', async () => {
    const [ref] = await refsOf('int64.npy');
    const { exactMax } = await tensorMoments(ref, scanner);
    const expected = tensors.find(({ name }) => name === 'int64')!.rows.map(({ finite }) => BigInt(finite.max));
    expect(exactMax).toBe(expected.reduce((a, b) => (a > b ? a : b)));
  });

  it.each([
    ['that float64 holds', [-3n, 5n, 0n, 2n ** 53n - 1n]],
    ['the first that it does not', [1n, 2n ** 53n + 1n, -7n, 0n]],
    ['that it rounds to one value', [2n ** 60n, 2n ** 60n + 1n, 2n ** 60n + 2n, 2n ** 60n + 1n]],
    ['at the ends', [-(2n ** 63n), 2n ** 63n - 1n, 0n, -1n]],
  ])('takes integers %s as they are, among others', async (_, odd) => {
    const values = BigInt64Array.from({ length: 300_000 }, (_, i) => odd[i - 299_000] ?? 4n);
    const [ref] = (
      await openDump(new MemorySource(writeNpy({ name: 'x', dtype: 'int64', shape: [300_000], values })), 'x.npy')
    ).tensors;
    const found = await tensorMoments(ref, scanner);
    const ordered = [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    expect([found.exactMin, found.exactMax]).toEqual([ordered[0], ordered.at(-1)]);
    const { rows, table } = await rowsMoments({ ...ref, shape: [75_000, 4], strides: [32, 8] }, [-1], scanner);
    const row = momentsAt(table, 299_000 / 4);
    const expected = integerMoments(BigInt64Array.from(odd));
    expect(rows).toBe(75_000);
    expectClose(variance(row), variance(expected), 'variance');
    expectClose(row.mean, expected.mean, 'mean');
  });
});

/** 1e-12 relative, or as much of the scale of the terms where they cancel to next to nothing. */
function expectClose(found: number, expected: number, what: string): void {
  if (Number.isFinite(expected)) {
    expect(Math.abs(found - expected), `${what}: ${found} for ${expected}`).toBeLessThanOrEqual(
      1e-12 * Math.abs(expected) + 1e-15 * Number(what.startsWith('skewness')),
    );
  } else {
    expect(found, what).toBe(expected);
  }
}
