import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { literalAt, literalIn, literals } from '../../../src/text/literals';
import { damagedText } from './damagedText';
import { initializers } from './dialects/initializers';
import { languages } from './dialects/languages';
import { foundIn } from './foundIn';

describe.each(Object.entries({ ...languages, ...initializers }))('an array as %s writes it', (_, dialect) => {
  it('is read with the same bits and shape from any place in it', () => {
    fc.assert(
      fc.property(dialect, fc.nat(), ({ before, text, after, ...written }, choice) => {
        const [start, end] = [before.length, before.length + text.length];
        const whole = before + text + after;
        const read = literalAt(whole, start + (choice % (text.length + 1)))!;
        expect(read).toMatchObject({ start, end, shape: written.shape });
        expect(Array.from(read.values)).toEqual(written.values);
        expect(read.dtype).toBe(written.dtype);
        expect(literalIn(whole, start, end)).toEqual(read);
      }),
    );
  });

  it('gives a result or a plain refusal when it is damaged', () => {
    const texts = damagedText(dialect.map(({ before, text, after }) => before + text + after));
    fc.assert(
      fc.property(texts, fc.nat(), (text, choice) => {
        const at = choice % (text.length + 1);
        const around = foundIn(text, () => literalAt(text, at));
        expect(around === undefined || (around.start <= at && at <= around.end)).toBe(true);
        foundIn(text, () => literalIn(text, 0, text.length));
        foundIn(text, () => literals(text));
      }),
      { numRuns: 200 },
    );
  });
});
