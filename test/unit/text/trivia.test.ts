import { describe, expect, it } from 'vitest';
import { commentEnd, skipTrivia } from '../../../src/text/trivia';

describe('skipTrivia', () => {
  it.each([
    ['1', 0],
    [' 1', 1],
    ['  \t\r\n\u00a01', 6],
    ['# note\n1', 7],
    ['// note\r\n1', 9],
    ['/* a\n b */ 1', 11],
    [' # a\n // b\n /* c */1', 19],
    ['/ 1', 0],
    ['  ', 2],
    ['/* open', 7],
    ['', 0],
  ])('skips what stands before the 1 in %j', (text, end) => {
    expect(skipTrivia(text, 0)).toBe(end);
  });
});

describe('commentEnd', () => {
  it('ends a line comment before its line break, a block comment after its close', () => {
    expect(commentEnd('x # y\nz', 2)).toBe(5);
    expect(commentEnd('x /* y */ z', 2)).toBe(9);
    expect(commentEnd('x / y', 2)).toBe(2);
  });
});
