import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unravelIndex } from '../../../src/tensor/shape';
import { elementRange } from '../../../src/text/elementRange';
import { literalAt, literalIn } from '../../../src/text/literals';
import { NumberScanner } from '../../../src/text/numberScanner';
import { objectAt, objectIn } from '../../../src/text/objects';
import { damagedText } from './damagedText';
import { foundIn } from './foundIn';
import { printedTensor } from './printedTensor';

/** Code around a literal that must not change what is found. */
const surroundings = fc.constantFrom(
  ['', ''],
  ['x = ', ';\n'],
  ['s = "[it\'s" # [ (\nx = np.array(', ', dtype=np.float32)  # ]\n'],
  ['{"note": "[1, 2", "x": ', ', "y": [1, 2]}'],
  ['/* [ */ return ', ' // ]'],
);

const marks = [
  '[',
  ']',
  '(',
  ')',
  '{',
  '}',
  ',',
  '"',
  "'",
  '#',
  '//',
  '/*',
  '*/',
  '\\',
  '\n',
  '\r',
  '.',
  '-',
  'e',
  '\0',
];

/** Marks, numbers and small arrays in any order. */
const soup = fc
  .array(
    fc.constantFrom(
      ...marks,
      ' ',
      '1',
      '-2.5',
      'a',
      'x:',
      'float(',
      'return',
      '🙂',
      '\t',
      'NA',
      '|',
      '%',
      ' -- ',
      '[1, 2]',
      '[[1,2],[3,4]]',
      '/* ] */',
    ),
  )
  .map((pieces) => pieces.join(''));

const damaged = damagedText(
  fc.tuple(printedTensor(), surroundings).map(([{ text }, [before, after]]) => before + text + after),
);

describe('an array written in any way', () => {
  it('is read with the same bits and shape', () => {
    fc.assert(
      fc.property(printedTensor(), ({ text, shape, values }) => {
        const literal = literalIn(text, 0, text.length);
        expect(literal).toMatchObject({ start: 0, end: text.length, shape });
        expect(Array.from(literal.values)).toEqual(values);
      }),
    );
  });

  it('is found from every offset in it', () => {
    fc.assert(
      fc.property(printedTensor(), surroundings, ({ text, values }, [before, after]) => {
        const whole = before + text + after;
        for (let offset = before.length; offset <= before.length + text.length; offset++) {
          const literal = literalAt(whole, offset)!;
          expect([literal.start, literal.end]).toEqual([before.length, before.length + text.length]);
          expect(Array.from(literal.values)).toEqual(values);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('knows where its rows stand', () => {
    fc.assert(
      fc.property(printedTensor(), surroundings, ({ text, shape, values }, [before, after]) => {
        const whole = before + text + after;
        const { rowOffsets } = literalIn(whole, before.length, before.length + text.length);
        const cols = shape.at(-1)!;
        expect(rowOffsets.length).toBe((2 * values.length) / cols);
        for (let row = 0; 2 * row < rowOffsets.length; row++) {
          const found = literalIn(whole, rowOffsets[2 * row], rowOffsets[2 * row + 1]);
          expect(Array.from(found.values)).toEqual(values.slice(row * cols, (row + 1) * cols));
        }
      }),
    );
  });

  it('knows where each element stands', () => {
    fc.assert(
      fc.property(printedTensor(), fc.nat(), ({ text, shape, values }, choice) => {
        const literal = literalIn(text, 0, text.length);
        const position = choice % values.length;
        const { start, end } = elementRange(text, literal, unravelIndex(position, shape));
        const scanner = new NumberScanner(text);
        expect(scanner.read(start)).toBe(end);
        expect(scanner.value).toBe(values[position]);
      }),
    );
  });
});

describe('a text of any kind', () => {
  it('gives a result or a plain refusal, wherever the cursor and the selection are', () => {
    fc.assert(
      fc.property(fc.oneof(damaged, soup), fc.nat(), fc.nat(), (text, a, b) => {
        const [start, end] = [a % (text.length + 1), b % (text.length + 1)].sort((x, y) => x - y);
        foundIn(text, () => objectAt(text, start));
        foundIn(text, () => objectIn(text, start, end));
        const around = foundIn(text, () => literalAt(text, start));
        expect(around === undefined || (around.start <= start && start <= around.end)).toBe(true);
        const selected = foundIn(text, () => literalIn(text, start, end));
        expect(selected === undefined || (start <= selected.start && selected.end <= end)).toBe(true);
        for (const literal of [around, selected]) {
          expect(literal && literalIn(text, literal.start, literal.end)).toEqual(literal);
        }
      }),
      { numRuns: 3_000 },
    );
  });
});
