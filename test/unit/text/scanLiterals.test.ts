import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LimitError, LiteralError } from '../../../src/tensor/errors';
import { literals } from '../../../src/text/literals';
import { printedTensor } from './printedTensor';

const root = 'test/fixtures/literals';

interface Expected {
  body_start: number;
  body_end: number;
  shape?: number[] | null;
  error?: string;
  either?: string | boolean;
}

const cases = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.expected.json') && !path.includes('10000'))
  .map((path) => ({
    source: path.replace('.expected.json', ''),
    results: JSON.parse(readFileSync(`${root}/${path}`, 'utf8')).results as Expected[],
  }));

/** The pieces of a text that hold an array or are meant for one, each with its shape or what is wrong. */
function found(text: string) {
  return Array.from(literals(text), (literal) =>
    'error' in literal
      ? { piece: text.slice(literal.start, literal.end), error: literal.error.code }
      : { piece: text.slice(literal.start, literal.end), shape: literal.shape },
  );
}

describe('literals', () => {
  it.each(cases)('finds what $source holds', ({ source, results }) => {
    const text = readFileSync(`${root}/${source}`, 'utf8');
    const places = Array.from(literals(text), ({ start, end }) => text.slice(start, end).trim());
    for (const { body_start, body_end, either, error } of results) {
      const piece = text.slice(body_start, body_end).trim().replace(/,$/, '');
      if (either === undefined && error !== 'unbalanced') {
        expect(places).toContain(piece);
      }
    }
    expect(places.length).toBeLessThanOrEqual(results.length);
  });

  it('finds arrays among other things, in their order', () => {
    expect(found('x = [1, 2]\n{"a": [3], "b": ["s", [4, 5]]}\nf(1, 2); a[0]; int y[] = {6, 7};')).toEqual([
      { piece: '[1, 2]', shape: [2] },
      { piece: '[3]', shape: [1] },
      { piece: '[4, 5]', shape: [2] },
      { piece: '{6, 7}', shape: [2] },
    ]);
  });

  it('finds lines of numbers between other lines', () => {
    expect(found('a,b\n1,2\n3,4\nend')).toEqual([{ piece: '1,2\n3,4', shape: [2, 2] }]);
  });

  it('reports what is meant for an array, and nothing else that starts like one', () => {
    expect(found('x = [[1, 2], [3]]; y = [1, z]; /[0-9]/; `${1}`; np.zeros(shape=(2, 3))')).toEqual([
      { piece: '[[1, 2], [3]]', error: 'ragged' },
      { piece: '[1, z]', error: 'not_numeric' },
    ]);
  });

  it('finds every tensor that is printed among words', () => {
    fc.assert(
      fc.property(fc.array(printedTensor(), { maxLength: 4 }), (tensors) => {
        const text = tensors.map((tensor) => `value = ${tensor.text};\n`).join('');
        const all = Array.from(literals(text)).filter((literal) => !('error' in literal));
        expect(all.map((literal) => 'values' in literal && Array.from(literal.values))).toEqual(
          tensors.map(({ values }) => values),
        );
      }),
      { numRuns: 50 },
    );
  });

  it('bounds the length and what it refuses', () => {
    expect(() => literals('[1, 2, 3]', { maxLength: 8 })).toThrow('The text is longer than 8 characters.');
    expect(() => Array.from(literals('[1, x] '.repeat(20_000)))).toThrow(LimitError);
  });

  it.each(['[1 ', '(1, ', '{1, ', '[1, 2, x', '1 2\n', '[[1],', '[', '/*', '"', '[1;', '1 '])(
    'answers in time on %j over and over',
    (piece) => {
      try {
        Array.from(literals(piece.repeat(30_000 / piece.length)));
      } catch (error) {
        expect(error instanceof LimitError || error instanceof LiteralError).toBe(true);
      }
    },
  );
});
