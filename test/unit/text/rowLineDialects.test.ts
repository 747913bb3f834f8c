import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { literalAt, literalIn } from '../../../src/text/literals';
import { damagedText } from './damagedText';
import { rowLineDialects } from './dialects/rowLines';
import { foundIn } from './foundIn';

describe.each(Object.entries(rowLineDialects))('rows of numbers as %s', (_, dialect) => {
  it('are read with the same bits and shape when they are selected', () => {
    fc.assert(
      fc.property(dialect, ({ before, text, after, shape, values }) => {
        const whole = before + text + after;
        const read = literalIn(whole, 0, whole.length);
        expect(read).toMatchObject({ end: before.length + text.length, shape });
        expect(Array.from(read.values)).toEqual(values);
      }),
    );
  });

  it('are found from any place on their lines, where they are a matrix', () => {
    fc.assert(
      fc.property(dialect, fc.nat(), ({ before, text, after, shape, values }, choice) => {
        const offset = choice % (text.length + 1);
        // No cursor stands inside of a line break.
        fc.pre(text.slice(offset - 1, offset + 1) !== '\r\n');
        const above = `some words\n${before}`;
        const read = literalAt(`${above}${text}${after}\nand more`, above.length + offset);
        expect(read?.shape).toEqual(shape.length === 2 ? shape : undefined);
        expect(Array.from(read?.values ?? [])).toEqual(shape.length === 2 ? values : []);
      }),
    );
  });

  it('give a result or a plain refusal when they are damaged', () => {
    const texts = damagedText(dialect.map(({ before, text, after }) => before + text + after));
    fc.assert(
      fc.property(texts, fc.nat(), (text, choice) => {
        foundIn(text, () => literalAt(text, choice % (text.length + 1)));
        foundIn(text, () => literalIn(text, 0, text.length));
      }),
      { numRuns: 200 },
    );
  });
});
