import { describe, expect, it } from 'vitest';
import { lineAndColumn } from '../../../src/text/lineAndColumn';

describe('lineAndColumn', () => {
  it('counts lines and columns from 1', () => {
    expect(lineAndColumn('ab', 0)).toEqual({ line: 1, column: 1 });
    expect(lineAndColumn('a\nbc', 3)).toEqual({ line: 2, column: 2 });
  });

  it('takes LF, CR LF and CR for line ends', () => {
    expect(lineAndColumn('a\r\nb\rc\nd', 7)).toEqual({ line: 4, column: 1 });
    expect(lineAndColumn('a\r\nb', 2)).toEqual({ line: 1, column: 3 });
  });

  it('counts columns in UTF-16 units', () => {
    expect(lineAndColumn('🙂x', 2)).toEqual({ line: 1, column: 3 });
  });
});
