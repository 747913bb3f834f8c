import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { literalAt, literalIn, literals } from '../../../src/text/literals';
import { damagedText } from './damagedText';
import { prints } from './dialects/prints';
import { foundIn } from './foundIn';

describe.each(Object.entries(prints))('a tensor as %s prints it', (_, dialect) => {
  it('is read with the bits, shape, element type and last decimal that the print shows', () => {
    fc.assert(
      fc.property(dialect, fc.nat(), ({ before, text, after, shape, values, dtype, resolution }, choice) => {
        const [start, end] = [before.length, before.length + text.length];
        const whole = before + text + after;
        const read = literalAt(whole, start + (choice % (text.length + 1)))!;
        expect(read).toMatchObject({ start, end, shape, dtype });
        expect(Array.from(read.values)).toEqual(values);
        expect(resolution === undefined || read.resolution === resolution).toBe(true);
        expect(read.truncated).toBeUndefined();
        expect(literalIn(whole, 0, whole.length)).toEqual(read);
      }),
    );
  });

  it('gives a result or a plain refusal when it is damaged', () => {
    const texts = damagedText(dialect.map(({ before, text, after }) => before + text + after));
    fc.assert(
      fc.property(texts, fc.nat(), (text, choice) => {
        foundIn(text, () => literalAt(text, choice % (text.length + 1)));
        foundIn(text, () => literalIn(text, 0, text.length));
        foundIn(text, () => literals(text));
      }),
      { numRuns: 200 },
    );
  });
});
