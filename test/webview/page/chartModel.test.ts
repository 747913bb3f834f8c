import { describe, expect, it } from 'vitest';
import { isLog, leastExtent, type ChartModel } from '../../../webview/charts/chartModel';
import { pinsOf } from '../../../webview/charts/pins';
import { readoutAt, speak, summarize } from '../../../webview/charts/readout';

const model = (values: (number | null)[], scale: ChartModel['y']['scale'] = 'byRange'): ChartModel => ({
  title: 'Variance of each row',
  x: { title: 'Row', positions: Uint32Array.from(values, (_, i) => i), scale: 'index', name: (row) => `Row ${row}` },
  y: { title: 'Variance', scale },
  joined: 'ifMany',
  series: [{ name: 'before', look: 'before', values }],
});

describe('the scale', () => {
  it('is logarithmic where positive values span more than two decades', () => {
    expect(isLog(model([1, 100]))).toBe(false);
    expect(isLog(model([1, 101]))).toBe(true);
    expect(isLog(model([0, NaN, Infinity, 1, 101]))).toBe(true);
  });

  it('is linear where a value is negative or could be, or none is positive', () => {
    expect(isLog(model([-1, 1, 1001]))).toBe(false);
    expect(isLog(model([0, 0], 'log'))).toBe(false);
    expect(isLog(model([1, 1001], 'linear'))).toBe(false);
  });

  it('is that of the limit where every value is 0, as errors may be', () => {
    const limits = [{ name: 'limit', look: 'after' as const, value: 1e-7 }];
    const zeros = { ...model([0, 0], 'log'), limits };
    expect(isLog(zeros)).toBe(true);
    expect(leastExtent(zeros)).toEqual({ suggestedMin: expect.closeTo(1e-10, 15), suggestedMax: 1e-7 });
  });

  it('leaves room around values that are all the same, and none below zeros that cannot be negative', () => {
    expect(leastExtent(model([2 - 1e-15, 2]))).toEqual({ suggestedMin: 1, suggestedMax: 3 });
    expect(leastExtent(model([0, NaN, 0]))).toEqual({ suggestedMin: 0, suggestedMax: 1 });
    expect(leastExtent(model([0, 0], 'linear'))).toEqual({});
    expect(leastExtent(model([2, 2.001]))).toEqual({});
  });
});

it('pins what has no place on the scale to its edge, and drops nothing', () => {
  expect(pinsOf(model([1, NaN, Infinity, -Infinity, null, 0]), false)).toEqual([
    undefined,
    'nan',
    'posInf',
    'negInf',
    undefined,
    undefined,
  ]);
  expect(pinsOf(model([1, 0]), true)).toEqual([undefined, 'zero']);
});

it('shows of several series at one place the worst', () => {
  const one = model([0, Infinity]);
  const two = { ...one, series: [...one.series, { name: 'after', look: 'after' as const, values: [NaN, 1] }] };
  expect(pinsOf(two, false)).toEqual(['nan', 'posInf']);
});

it('reads a point in words, and the whole chart', () => {
  const chart = model([0.123456, NaN, 2]);
  expect(speak(readoutAt(chart, 0))).toBe('Row 0: before 0.1235');
  expect(speak(readoutAt(chart, 1))).toBe('Row 1: before NaN');
  expect(summarize(chart)).toBe('Variance of each row. 3 points. before: from 0.1235 to 2, 1 not finite.');
});
