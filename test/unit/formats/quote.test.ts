import { expect, it } from 'vitest';
import { oneLine, quote } from '../../../src/formats/quote';

it('quotes a name as it is, if it can be seen', () => {
  expect(quote('слой.0.β 🙂')).toBe('"слой.0.β 🙂"');
  expect(quote('say "hi"\\')).toBe('"say \\"hi\\"\\\\"');
});

it('keeps a name in one line, in its order and readable', () => {
  expect(quote('a\nb')).toBe('"a\\nb"');
  expect(quote('a\u2028\u202eb\u0085')).toBe('"a\\u{2028}\\u{202e}b\\u{85}"');
  expect(quote('a\u00a0b\ue000')).toBe('"a\\u{a0}b\\u{e000}"');
  expect(quote('x'.repeat(1000))).toBe(`"${'x'.repeat(80)}…"`);
  expect(oneLine('a\r\nb')).toBe('a\\u{d}\\u{a}b');
});
