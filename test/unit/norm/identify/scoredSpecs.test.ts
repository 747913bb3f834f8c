import { defaultSpec } from '../../../../src/norm/normSpec';
import { describe, expect, it } from 'vitest';
import { usualEps } from '../../../../src/norm/identify/alternatives';
import { scoredSpecs } from '../../../../src/norm/identify/scoredSpecs';

const base = defaultSpec('layer_norm');
const divisors = ['n', 'n-1'] as const;

/** Rows of 4 values, without roundoff but for the noise allowed. */
const fits = (denominator: (variance: number) => number) =>
  [0.01, 1, 4].map((variance) => ({
    std: Math.sqrt(variance),
    rstd: 1 / denominator(variance),
    energy: 4 * variance,
    residual: 0,
    noise: 1e-20,
  }));

describe('scoredSpecs', () => {
  it('scores the convention that the rows follow near zero and every other far off', () => {
    const scored = scoredSpecs(
      base,
      4,
      fits((variance) => Math.sqrt((variance * 4) / 3) + 1e-3),
      divisors,
    );
    const near = scored.filter(({ score, spec }) => score < 10 && usualEps.includes(spec.eps));
    expect(near.map(({ spec }) => spec)).toEqual([{ ...base, eps: 1e-3, epsPlace: 'outside', divisor: 'n-1' }]);
  });

  it('fits an eps that no library uses', () => {
    const near = scoredSpecs(
      base,
      4,
      fits((variance) => Math.sqrt(variance + 0.037)),
      divisors,
    ).filter(({ score }) => score < 10);
    expect(near.map(({ spec: { epsPlace, divisor } }) => [epsPlace, divisor])).toEqual([['inside', 'n']]);
    expect(near[0].spec.eps).toBeCloseTo(0.037, 12);
  });

  it('has nothing to say without rows', () => {
    expect(scoredSpecs(base, 4, [], divisors)).toEqual([]);
  });
});
