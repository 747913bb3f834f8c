import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { literalAt } from '../../../src/text/literals';
import { NumberList } from '../../../src/text/numberList';
import { PlainRuns } from '../../../src/text/plainRuns';

/** What one run from the start of a text yields, and where it ends. */
function run(text: string): { values: number[]; end: number } {
  const values = new NumberList();
  const end = new PlainRuns(text).read(0, values);
  return { values: Array.from(values.toArray()), end };
}

describe('PlainRuns', () => {
  it.each([
    ['1, -2.5,\n\t3e2]', [1, -2.5, 300], 13],
    ['0,-0,1E-7]', [0, -0, 1e-7], 9],
    ['1, 2, nan, 4]', [1, 2], 4],
    ['1, 2 , 3]', [1], 1],
    ['1, 2, # two\n 3]', [1, 2], 4],
    ['1, 2, ]', [1, 2], 4],
    ['1, 2.0f, 3]', [1], 1],
    ['1, 0x2, 3]', [1], 1],
    ['1, 2e, 3]', [1], 1],
    ['1, 2e+, 3]', [1], 1],
    ['1, 1.2.3, 3]', [1], 1],
    ['1, 1_000, 3]', [1], 1],
    ['1, .5, 3]', [1], 1],
    ['1, −2, 3]', [], 0],
    ['1, 2', [1], 1],
    ['- 1, 2]', [], 0],
    ['[1, 2]', [], 0],
    [']', [], 0],
  ])('reads %j as far as it is plain', (text, values, end) => {
    expect(run(text)).toEqual({ values, end });
  });

  it('yields what Number makes of the same digits', () => {
    const digits = fc.tuple(
      fc.stringMatching(/^-?\d{1,20}(\.\d{0,20})?$/),
      fc.stringMatching(/^([eE][+-]?\d{1,11})?$/),
    );
    const written = fc.oneof(
      digits.map((parts) => parts.join('')),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
      fc.double({ min: -1e3, max: 1e3, noNaN: true }).map((value) => value.toFixed(4)),
      fc.integer().map(String),
    );
    fc.assert(
      fc.property(fc.array(written, { minLength: 2, maxLength: 40 }), (numbers) => {
        const literal = literalAt(`[${numbers.join(', ')}]`, 0)!;
        expect(Array.from(literal.values)).toEqual(numbers.map(Number));
      }),
    );
  });

  it('reads on where one window ends and the next begins', () => {
    const rows = Array.from({ length: 300 }, (_, r) => Array.from({ length: 200 }, (_, c) => (r * c) / 7 - 3));
    const text = JSON.stringify(rows);
    const literal = literalAt(text, 0)!;
    expect(literal.shape).toEqual([300, 200]);
    expect(Array.from(literal.values)).toEqual(rows.flat());
    expect(JSON.parse(text.slice(literal.rowOffsets[598], literal.rowOffsets[599]))).toEqual(rows[299]);
  });

  it('reads on past characters that are more than one byte each', () => {
    const rows = Array.from({ length: 200 }, (_, r) => Array.from({ length: 50 }, (_, c) => r - c / 3));
    const text = `[${rows.map((row) => `${JSON.stringify(row)}, // Zeile ③ – weiter`).join('\n')}\n]`;
    expect(Array.from(literalAt(text, 0)!.values)).toEqual(rows.flat());
  });
});
