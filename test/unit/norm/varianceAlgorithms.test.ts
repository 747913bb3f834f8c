import { describe, expect, it } from 'vitest';
import { varianceAlgorithms } from '../../../src/norm/varianceAlgorithms';

const varianceBy = (name: string, values: readonly number[]) =>
  varianceAlgorithms.find((algorithm) => algorithm.name.startsWith(name))!.variance(Float64Array.from(values));

describe('varianceAlgorithms', () => {
  it('agree on small numbers', () => {
    for (const { variance } of varianceAlgorithms) {
      expect(variance(Float64Array.of(20, 50, 60, 80, 90))).toBeCloseTo(600, 3);
    }
  });

  // ORT #28463: a one-pass kernel gave NaN there, since its variance comes out negative or zero.
  it('tell the one-pass formula from the others where the mean is large', () => {
    const row = [40000, 40001, 40002, 40003];
    expect(Math.abs(varianceBy('One pass', row) - 1.25)).toBeGreaterThan(1);
    expect(varianceBy('Two pass, corrected', row)).toBeCloseTo(1.25, 6);
    expect(varianceBy('Two pass in float64', row)).toBe(1.25);
  });

  it('keep a constant row constant where they centre first', () => {
    const row = new Array<number>(256).fill(1234);
    expect(varianceBy('Two pass', row)).toBe(0);
    expect(varianceBy('Two pass in float64', row)).toBe(0);
  });
});
