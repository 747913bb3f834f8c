import { describe, expect, it } from 'vitest';
import { effectiveRank } from '../../../src/norm/effectiveRank';
import { Random } from '../../../src/norm/random';

describe('effectiveRank', () => {
  it('is the number of directions that are used alike', () => {
    const identity = Float64Array.from({ length: 12 }, (_, i) => (i % 5 === 0 ? 3 : 0));
    const rank = effectiveRank(identity, 3, 4)!;
    expect(rank.entropyRank).toBeCloseTo(3, 10);
    expect(rank.participationRatio).toBeCloseTo(3, 10);
    expect(rank.singularValues[0]).toBeCloseTo(3, 12);
  });

  it('is 1 where all rows point the same way', () => {
    const x = Float64Array.from({ length: 5 * 7 }, (_, i) => (1 + Math.floor(i / 7)) * Math.cos(i % 7));
    expect(effectiveRank(x, 5, 7)!.entropyRank).toBeCloseTo(1, 5);
  });

  it('is that of the literature for a Gaussian matrix, 61.7 and 50.8 of 64', () => {
    const random = new Random(3);
    const { entropyRank, participationRatio } = effectiveRank(random.normals(256 * 64), 256, 64)!;
    expect(entropyRank).toBeCloseTo(61.7, 0);
    expect(Math.abs(participationRatio - 50.8)).toBeLessThan(1.5);
  });

  it('takes the same values from the rows and from the columns', () => {
    const x = new Random(5).normals(6 * 4);
    const transposed = Float64Array.from({ length: 24 }, (_, i) => x[(i % 6) * 4 + Math.floor(i / 6)]);
    const [tall, wide] = [effectiveRank(x, 6, 4)!, effectiveRank(transposed, 4, 6)!];
    expect(tall.entropyRank).toBeCloseTo(wide.entropyRank, 10);
  });

  it('leaves rows out that are not finite, and knows nothing of zeros', () => {
    expect(effectiveRank(Float64Array.of(1, 0, NaN, 1, 0, 1), 3, 2)!.rowsUsed).toBe(2);
    expect(effectiveRank(new Float64Array(4), 2, 2)).toBeUndefined();
  });
});
