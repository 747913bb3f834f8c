import { describe, expect, it } from 'vitest';
import { closingEnd, mayBeArray } from '../../../src/text/brackets';

describe('closingEnd', () => {
  it('passes brackets in strings and comments', () => {
    const text = '[1, ")]", (2 # ]\n), /* ] */ "\\"]" ] x';
    expect(text.slice(0, closingEnd(text, 0))).toBe(text.slice(0, -2));
  });

  it('lets any closing bracket close, so that a wrong one still ends a piece', () => {
    expect(closingEnd('[0, 1) x', 0)).toBe(6);
  });

  it('says -1 of a bracket that is never closed', () => {
    expect(closingEnd('[1, [2]', 0)).toBe(-1);
  });
});

describe('mayBeArray', () => {
  it.each(['x[', 'f(', 'x.y[', 'x_1[', 'm[0][', 'f(x)[', '"abc"[', 'größe[', 'λ('])(
    'sees an index or call in %s',
    (text) => {
      expect(mayBeArray(text, text.length - 1)).toBe(false);
    },
  );

  it.each(['[', ' [', '= [', '([', '[[', 'return[', 'return (', 'in[', 'values [', ',(', '“['])(
    'sees a value in %s',
    (text) => {
      expect(mayBeArray(text, text.length - 1)).toBe(true);
    },
  );

  it.each(['[0-9]{1,3}', 'a{1,2}', '\\d{1,3}', '(ab){2,3}'])('sees a quantifier in %s', (text) => {
    expect(mayBeArray(text, text.indexOf('{'))).toBe(false);
  });

  it.each(['vector<int> v{1,2}', 'int v[]{1,2}', 'x = {1,2}', 'v{1, 2}', 'f({1,2})'])('sees a value in %s', (text) => {
    expect(mayBeArray(text, text.indexOf('{'))).toBe(true);
  });
});
