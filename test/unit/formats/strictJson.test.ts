import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStrictJson } from '../../../src/formats/strictJson';

describe('parseStrictJson', () => {
  it('parses what JSON.parse parses', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parseStrictJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each([
    '{"a":1,"a":2}',
    '{"a":1, "\\u0061" : 2}',
    '[{"b":{"a":1,"c":"}","a":[]}}]',
    '{"a\\"":1,"a\\"":2}',
    '{"__proto__":1,"__proto__":2}',
  ])('refuses a key that stands twice: %s', (text) => {
    expect(() => parseStrictJson(text)).toThrow(/^key ".+" stands twice in one object$/);
  });

  it.each(['{"a":{"a":1},"b":{"a":1}}', '[{"a":1},{"a":1}]', '{"a":"a","b":"a"}', '{"a":["a","a"]}'])(
    'accepts a key that stands twice in different objects: %s',
    (text) => {
      expect(parseStrictJson(text)).toEqual(JSON.parse(text));
    },
  );

  it('refuses what is no JSON', () => {
    expect(() => parseStrictJson('{"a":NaN}')).toThrow(SyntaxError);
  });
});
