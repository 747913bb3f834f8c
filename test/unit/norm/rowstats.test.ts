import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readTensor } from '../../../src/formats/readValues';
import { excessKurtosis, l2, momentsOf, rms, skewness, variance, type Moments } from '../../../src/norm/moments';
import { elementCount } from '../../../src/tensor/shape';
import type { Tensor } from '../../../src/tensor/tensor';
import type { Values } from '../../../src/tensor/dtype';
import { integerMoments } from '../../../src/norm/integerMoments';
import { openFixture } from './dumps';

/** What the fixture calls each statistic, and how the engine gets it. */
const statistics: Record<string, (moments: Moments) => number> = {
  mean: ({ mean }) => mean,
  min: ({ min }) => min,
  max: ({ max }) => max,
  absmax: ({ absMax }) => absMax,
  var_pop: variance,
  rms,
  l2,
  skewness,
  kurtosis_excess: excessKurtosis,
};

const { tensors } = JSON.parse(readFileSync('test/fixtures/rowstats/expected.json', 'utf8'));

describe.each<any>(tensors)('$name', ({ name, axis, rows }) => {
  it('has the statistics that exact rational arithmetic gives', async () => {
    const { tensors: refs } = await openFixture('rowstats/tensors.safetensors');
    const tensor = await readTensor(refs.find((ref) => ref.name === name)!);
    rows.forEach((expected: any, row: number) => {
      const values = rowOf(tensor, axis, row);
      const moments = values instanceof BigInt64Array ? integerMoments(values) : momentsOf(values as Float64Array);
      const { nan, pos_inf: posInf, neg_inf: negInf, zero } = expected.counts;
      expect(moments).toMatchObject({ nan, posInf, negInf, zero });
      for (const [statistic, of] of Object.entries(statistics)) {
        const found = of(moments);
        const exact = Number(expected.finite[statistic]);
        // The skewness of big, 1, -big is 1e-16 of terms of size 1: beyond what the rounded distances still hold.
        const floor = statistic === 'skewness' ? 1e-15 : 0;
        const isClose = Object.is(found, exact) || Math.abs(found - exact) <= 1e-12 * Math.abs(exact) + floor;
        expect(isClose || found === exact, `row ${row} (${expected.label}) ${statistic}: ${found}, ${exact}`).toBe(
          true,
        );
      }
    });
  });
});

/** The values of a row along an axis, in a tensor in C order. */
function rowOf({ shape, values }: Tensor, axis: number, row: number): Values {
  const along = axis < 0 ? axis + shape.length : axis;
  const stride = elementCount(shape.slice(along + 1));
  const start = Math.floor(row / stride) * stride * shape[along] + (row % stride);
  const end = start + stride * shape[along];
  return (values as Float64Array).filter((_, i) => i >= start && i < end && (i - start) % stride === 0);
}
