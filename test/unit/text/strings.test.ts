import { describe, expect, it } from 'vitest';
import { stringEnd } from '../../../src/text/strings';

/** The string that starts at the first quote of a text. */
function firstString(text: string): string {
  const start = text.search(/["']/);
  return text.slice(start, stringEnd(text, start));
}

describe('stringEnd', () => {
  it.each([
    ['x = "a, b]" + c', '"a, b]"'],
    ["x = 'it' + c", "'it'"],
    ['"a \\" b" c', '"a \\" b"'],
    ['"it\'s" c', '"it\'s"'],
    ["rb'raw' c", "'raw'"],
    ["f'{x}' c", "'{x}'"],
  ])('ends the string in %s', (text, string) => {
    expect(firstString(text)).toBe(string);
  });

  it.each(["don't, can't", "&'a str", '"open\nline"', "1'000", "A' * B'", "f(x)' y'", '"'])(
    'starts none in %j',
    (text) => {
      expect(firstString(text)).toBe('');
    },
  );
});
