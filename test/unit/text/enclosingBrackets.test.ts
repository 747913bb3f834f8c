import { describe, expect, it } from 'vitest';
import { enclosingBrackets, insideTouched, mayBeElement } from '../../../src/text/enclosingBrackets';

/** The brackets around the place marked with | in a text, each with what follows it. */
function around(marked: string, from = 0): string[] {
  const text = marked.replace('|', '');
  return Array.from(enclosingBrackets({ text, from }, marked.indexOf('|')), (at) => text.slice(at, at + 2));
}

describe('enclosingBrackets', () => {
  it('goes from the innermost outward', () => {
    expect(around('{a: [b, (c|)], [d]}')).toEqual(['(c', '[b', '{a']);
  });

  it('passes brackets that are closed, on the same line and on lines before', () => {
    expect(around('[a\n [b, (c)],\n (d\n ), [e|')).toEqual(['[e', '[a']);
  });

  it.each([
    ['a string', '[a, "[b", \'(c\', |'],
    ['a string that the cursor stands in', '[a, "[b |c"'],
    ['a line comment', '[a, # [b\n // (c\n |'],
    ['a comment that the cursor stands in', '[a, // [b |'],
    ['a block comment', '[a, /* [b */ |'],
    ['a block comment over lines', '[a, /* [b\n (c\n [d */ |'],
    ['half-open intervals', '[a, [0, 1), (2, 3], |'],
  ])('passes brackets in %s', (_, marked) => {
    expect(around(marked)).toEqual(['[a']);
  });

  it('looks no further back than it may', () => {
    expect(around('[a\n[b|', 3)).toEqual(['[b']);
    expect(around('[a [b|', 1)).toEqual(['[b']);
  });
});

describe('mayBeElement', () => {
  it.each([
    ['[[', true],
    ['1, [', true],
    ['1, # one]\n\n  [', true],
    ['1, /* = */ [', true],
    ['1, /* =\n = */ [', true],
    ['1, /* =\n = */\n [', true],
    ['x = [', false],
    ['1, \\\n [', false],
    ['x: # a,\n [', false],
    ['return [', false],
    ['[', false],
    ['\n [', false],
  ])('tells from what stands before the last bracket of %j', (text, expected) => {
    expect(mayBeElement({ text, from: 0 }, text.length - 1)).toBe(expected);
  });
});

describe('insideTouched', () => {
  it('moves an offset that touches a bracket from outside into it', () => {
    expect(insideTouched('x [1] y', 2, '[(')).toBe(3);
    expect(insideTouched('x [1] y', 5, '[(')).toBe(4);
  });

  it('leaves other offsets, and other brackets', () => {
    expect([0, 1, 3, 4, 6, 7].map((offset) => insideTouched('x [1] y', offset, '[('))).toEqual([0, 1, 3, 4, 6, 7]);
    expect(insideTouched('{1}', 0, '[(')).toBe(0);
  });
});
