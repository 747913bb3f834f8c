import fc from 'fast-check';

/** Texts that people have while they type, and worse: a text with a piece cut out and another put in its place. */
export function damagedText(whole: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .record({
      text: whole,
      at: fc.nat(),
      length: fc.nat(6),
      piece: fc.oneof(
        fc.constantFrom(...['', '[', ']', '(', ')', '{', '}', ',', ';', '"', "'", '#', '%', '/*', '*/', '//', '\\']),
        fc.constantFrom('e', '-', '.', '...', ' ', '\n', '\0'),
        fc.string({ unit: 'binary', maxLength: 4 }),
      ),
    })
    .map(({ text, at, length, piece }) => {
      const cut = at % (text.length + 1);
      return text.slice(0, cut) + piece + text.slice(cut + length);
    });
}
