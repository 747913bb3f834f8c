import { describe, expect, it } from 'vitest';
import { ShapeError } from '../../../src/tensor/errors';
import { elementRange } from '../../../src/text/elementRange';
import { literalIn } from '../../../src/text/literals';

/** The text of one element of an array. */
function elementOf(text: string, index: number[]): string {
  const { start, end } = elementRange(text, literalIn(text, 0, text.length), index);
  return text.slice(start, end);
}

describe('elementRange', () => {
  it('finds an element on any level', () => {
    const text = 'x = [[[1, -2e3], [3, 4]],\n [[5, /* [ */ 6_000], [7, float("nan")]]]';
    expect(elementOf(text, [0, 0, 1])).toBe('-2e3');
    expect(elementOf(text, [1, 0, 1])).toBe('6_000');
    expect(elementOf(text, [1, 1, 1])).toBe('float("nan")');
  });

  it('finds an element of a row without brackets', () => {
    expect(elementOf('10, 20, # twenty\n 30', [2])).toBe('30');
    expect(elementOf('(1, 2), (3, 4)', [1, 0])).toBe('3');
  });

  it('finds an element of a printed array', () => {
    expect(elementOf('[[ 1.  2.]\n [ 3. -4.]]', [1, 1])).toBe('-4.');
    expect(elementOf('tensor([1, 2, ..., 8, 9])', [2])).toBe('8');
  });

  it('refuses an index outside of the shape', () => {
    expect(() => elementOf('[[1, 2], [3, 4]]', [0, 2])).toThrow(ShapeError);
    expect(() => elementOf('[[1, 2], [3, 4]]', [1])).toThrow('There is no element (1) in an array of shape (2, 2).');
  });

  it('is the row where other text stands between its numbers', () => {
    expect(elementOf('| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |', [1, 1])).toBe('3 | 4');
  });

  it('is the row where the number in the text is not the element', () => {
    expect(elementOf('tensor([1.5000, 2.5000]) ', [1])).toBe('2.5000');
    expect(elementOf('tensor(1e+03 * [[1.5, 2.5]])', [0, 1])).toBe('[1.5, 2.5]');
  });
});
