import { describe, expect, it } from 'vitest';
import { powerLaw } from '../../../src/norm/powerLaw';

describe('powerLaw', () => {
  it('finds exponent and factor', () => {
    const x = [1, 2, 3, 4, 5];
    const law = powerLaw(
      x,
      x.map((value) => 3 * value ** 0.5),
    );
    expect(law?.exponent).toBeCloseTo(0.5, 12);
    expect(law?.factor).toBeCloseTo(3, 12);
    expect(law?.r2).toBeCloseTo(1, 12);
  });

  it('says how well it fits', () => {
    expect(powerLaw([1, 2, 3, 4], [1, 5, 1, 5])!.r2).toBeLessThan(0.5);
    expect(powerLaw([1, 2, 3], [2, 2, 2])).toMatchObject({ exponent: 0, r2: 1 });
  });

  it('passes over points that have no logarithm, and asks for three', () => {
    expect(powerLaw([0, 1, 2, 4], [9, 1, 2, 4])?.exponent).toBeCloseTo(1, 12);
    expect(powerLaw([1, 2, 3], [1, NaN, Infinity])).toBeUndefined();
  });
});
