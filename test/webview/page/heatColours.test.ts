import { describe, expect, it } from 'vitest';
import { heatScale, heatStrength } from '../../../webview/charts/heatColours';

describe('heatScale', () => {
  it('runs from the smallest to the largest positive value, whatever is 0 or not finite', () => {
    expect(heatScale([0, 1e-3, NaN, 2, Infinity, 0.5])).toEqual({ low: 1e-3, high: 2 });
  });

  it('ends six decades below the largest value', () => {
    expect(heatScale([1e-12, 1])).toEqual({ low: 1e-6, high: 1 });
  });

  it('is empty where nothing is positive and finite', () => {
    expect(heatScale([0, NaN])).toEqual({ low: 0, high: 0 });
  });
});

describe('heatStrength', () => {
  const scale = { low: 1e-4, high: 1 };

  it('grows by the same step with every decade, and is never nothing', () => {
    const [pale, middle, strong] = [1e-4, 1e-2, 1].map((value) => heatStrength(value, scale));
    expect(strong).toBe(1);
    expect(pale).toBeGreaterThan(0.1);
    expect(middle - pale).toBeCloseTo(strong - middle, 12);
  });

  it('takes what lies below the scale for its lowest, and a single value for the strongest', () => {
    expect(heatStrength(1e-9, scale)).toBe(heatStrength(1e-4, scale));
    expect(heatStrength(3, { low: 3, high: 3 })).toBe(1);
  });
});
