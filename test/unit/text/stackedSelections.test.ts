import { describe, expect, it } from 'vitest';
import { stackedSelections } from '../../../src/text/stackedSelections';

const text = ['a = [1, 2, 3]', 'b = [4, 5, 6]', 'c = [7, 8]', '1.5', '2.5,'].join('\n');

/** Where pieces of the text stand. */
function rangesOf(...pieces: string[]): [number, number][] {
  return pieces.map((piece) => [text.indexOf(piece), text.indexOf(piece) + piece.length]);
}

describe('stackedSelections', () => {
  it('takes each selection for a row of one matrix, and knows where each stands', () => {
    const ranges = rangesOf('[1, 2, 3]', '[4, 5, 6]');
    const { shape, values, rowOffsets } = stackedSelections(text, ranges);
    expect(shape).toEqual([2, 3]);
    expect([...values]).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...rowOffsets]).toEqual(ranges.flat());
  });

  it('reads a rectangle of numbers without their brackets', () => {
    expect(stackedSelections(text, rangesOf('2, 3', '5, 6'))).toMatchObject({ shape: [2, 2] });
  });

  it('takes single numbers, as in a selected column, for one row', () => {
    const { shape, values } = stackedSelections(text, rangesOf('1.5', '2.5,'));
    expect(shape).toEqual([2]);
    expect([...values]).toEqual([1.5, 2.5]);
  });

  it('is truncated if one of its rows is', () => {
    const cut = '[1, ..., 3]\n[4, 5]';
    const ranges: [number, number][] = [
      [0, 11],
      [12, 18],
    ];
    expect(stackedSelections(cut, ranges)).toMatchObject({ shape: [2, 2], truncated: {} });
  });

  it('refuses rows of different lengths, and names the row that differs', () => {
    const ranges = rangesOf('[1, 2, 3]', '[7, 8]');
    expect(() => stackedSelections(text, ranges)).toThrowError(
      expect.objectContaining({
        code: 'ragged',
        message: 'This selection holds 2 numbers, the first holds 3 numbers: each is a row of one matrix.',
        start: ranges[1][0],
      }),
    );
  });

  it('refuses a selection that is no array', () => {
    expect(() => stackedSelections(text, rangesOf('[1, 2, 3]', 'b ='))).toThrowError(
      expect.objectContaining({ name: 'LiteralError' }),
    );
  });

  it('bounds the text of all selections together', () => {
    const ranges = rangesOf('[1, 2, 3]', '[4, 5, 6]');
    expect(() => stackedSelections(text, ranges, { maxLength: 12 })).toThrowError(
      expect.objectContaining({ name: 'LimitError' }),
    );
  });
});
