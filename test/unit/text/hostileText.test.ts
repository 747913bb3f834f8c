import { describe, expect, it } from 'vitest';
import { LiteralError } from '../../../src/tensor/errors';
import { literalAt, literalIn } from '../../../src/text/literals';
import { objectAt, objectIn } from '../../../src/text/objects';

/** Long enough that work quadratic in it, or recursion along it, would not pass. */
const length = 100_000;

const pieces = [
  ...[
    '[',
    '(',
    '{',
    ']',
    '[(',
    'a[',
    'f(',
    '[a ',
    '(a ',
    '(1 a ',
    '[1, ',
    ',[',
    '[1,2],',
    '[INFO] ',
    '((1,2),x),',
    '([1,2]),',
  ],
  ...['[\n', ', [\n', 'm.f(\n[', '\n', ' ', '{a:', '{a:[1],b:', '{"a": [x], ', '"k": [1, 2], '],
  ...[
    '/*',
    '*/',
    '[/*',
    '*/ [',
    '/*\n',
    '*/\n',
    '[/*\n',
    '[1, 2, /*\n*/',
    ',/* */\n',
    '/* */ [',
    '#',
    '# [',
    ', # [\n',
    ' -- ',
    ', , 1\n',
    '(1,.,.) =\n1 2\n',
    '{0 <repeats 2 times>',
    'x[2] = {',
    '([0] = ',
    '{1...',
    ' -- [',
    '% [',
    '; % [',
    '; a [\n',
  ],
  ...['"', "'", '\\"', '["', "['", "x'", '1', '1 ', '1_', 'f_', 'a', 'a.', '-', 'float(', "float('", '🙂'],
];

/** Any answer will do, or a LiteralError. */
function answers(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(LiteralError);
  }
}

describe.each(pieces)('%j over and over', (piece) => {
  it.each(['', 'x = ['])('after %j is answered in time', (before) => {
    const text = before + piece.repeat(length / piece.length);
    for (const offset of [0, 1, before.length + 1, text.length >> 1, text.length]) {
      answers(() => literalAt(text, offset));
      answers(() => objectAt(text, offset));
    }
    answers(() => literalIn(text, 0, text.length));
    answers(() => objectIn(text, 0, text.length));
  });
});

it('reads a line of 50 million characters', () => {
  const text = `x = [${'[1.5, -2.25], '.repeat(3_600_000)}[0, 0]]`;
  expect(literalAt(text, 5)!.shape).toEqual([3_600_001, 2]);
}, 60_000);

it('reads numbers however long they are written', () => {
  const zeros = '0'.repeat(1_000_000);
  const text = `[1${zeros}, 0.${zeros}1, 1e${zeros}2, 0x${zeros}f]`;
  expect(() => literalAt(text, 1)).toThrow(LiteralError);
  expect(Array.from(literalAt(text.replace(/, 0x.*/, ']'), 1)!.values)).toEqual([Infinity, 0, 100]);
});
