import { describe, expect, it } from 'vitest';
import { boxesOfRange, mergeAxes } from '../../../src/formats/stridedBox';

describe('mergeAxes', () => {
  it('makes one axis of C order, none of a single element', () => {
    expect(mergeAxes([2, 3, 4], [96, 32, 8])).toEqual([{ length: 24, stride: 8 }]);
    expect(mergeAxes([], [])).toEqual([]);
    expect(mergeAxes([1, 1], [8, 8])).toEqual([]);
  });

  it('keeps apart what lies apart', () => {
    expect(mergeAxes([2, 1, 3], [8, 999, 16])).toEqual([
      { length: 2, stride: 8 },
      { length: 3, stride: 16 },
    ]);
  });
});

describe('boxesOfRange', () => {
  it('cuts a stretch into the rest of a row, whole rows, and the beginning of a row', () => {
    const axes = [
      { length: 5, stride: 1 },
      { length: 4, stride: 10 },
    ];
    expect([...boxesOfRange({ byteOffset: 0, axes }, 3, 18)]).toEqual([
      { byteOffset: 30, axes: [{ length: 1, stride: 10 }] },
      {
        byteOffset: 1,
        axes: [
          { length: 3, stride: 1 },
          { length: 4, stride: 10 },
        ],
      },
      { byteOffset: 4, axes: [{ length: 2, stride: 10 }] },
    ]);
  });
});
