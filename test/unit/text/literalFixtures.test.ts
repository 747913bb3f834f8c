import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LiteralError } from '../../../src/tensor/errors';
import type { ArrayLiteral } from '../../../src/text/arrayLiteral';
import { literalAt, literalIn } from '../../../src/text/literals';

const root = 'test/fixtures/literals';

interface ExpectedResult {
  start: number;
  end: number;
  body_start: number;
  body_end: number;
  cursor: number;
  shape?: number[] | null;
  values?: (number | string | boolean)[];
  truncated?: true;
  values_shown?: number[];
  dtype_hint?: string | null;
  /** The form may be refused. */
  optional?: true;
  scale_factor?: number;
  error?: string;
  at?: { start: number; end: number };
  either?: string | boolean;
}

interface Recipe {
  recipe: { prefix: string; unit: string; count: number; suffix: string };
  expect: { shape?: number[]; sum?: number; error?: string; path?: number[] };
}

const read = (path: string) => readFileSync(`${root}/${path}`, 'utf8');

const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((path) => path.replaceAll('\\', '/'));

const cases = files
  .filter((path) => path.endsWith('.expected.json'))
  .map((path) => ({
    source: path.replace('.expected.json', ''),
    results: JSON.parse(read(path)).results as ExpectedResult[],
  }))
  .filter(({ results }) => results.length > 0);

const recipes = files.filter((path) => path.endsWith('.recipe.json'));

/** What a reader returns or the LiteralError that it throws. */
function outcome(readLiteral: () => ArrayLiteral | undefined): ArrayLiteral | LiteralError | undefined {
  try {
    return readLiteral();
  } catch (error) {
    if (error instanceof LiteralError) {
      return error;
    }
    throw error;
  }
}

/** A range without what may stand around rows that have no brackets. */
function trimmed(text: string, start: number, end: number): string {
  return text.slice(start, end).trim().replace(/,$/, '');
}

function check(text: string, found: ArrayLiteral | LiteralError | undefined, expected: ExpectedResult): void {
  if (found instanceof LiteralError) {
    if (expected.optional) {
      return;
    }
    expect([expected.error, expected.either]).toContain(found.code);
    if (expected.at) {
      expect({ start: found.start, end: found.end }).toEqual(expected.at);
    }
    return;
  }
  expect(expected.error).toBeUndefined();
  expect(trimmed(text, found!.start, found!.end)).toBe(trimmed(text, expected.body_start, expected.body_end));
  expect(found!.truncated !== undefined).toBe(expected.truncated ?? false);
  expect(expected.truncated ? expected.shape : found!.shape).toEqual(expected.shape);
  const values = (expected.values_shown ?? expected.values)!.map(Number);
  const isScaled = expected.scale_factor !== undefined;
  expect(Array.from(found!.values)).toEqual(isScaled ? values.map((value) => closeTo(value)) : values);
  expect(found!.dtype ?? null).toBe(expected.dtype_hint);
}

const closeTo = (value: number): unknown => expect.closeTo(value, 12);

describe.each(cases)('$source', ({ source, results }) => {
  const text = read(source);

  it.each(results)('at offset $cursor', (expected) => {
    check(
      text,
      outcome(() => literalAt(text, expected.cursor)),
      expected,
    );
  });

  it.each(results)('selected from $body_start to $body_end', (expected) => {
    check(
      text,
      outcome(() => literalIn(text, expected.body_start, expected.body_end)),
      expected,
    );
  });

  it.each(results)('selected from $start to $end', (expected) => {
    check(
      text,
      outcome(() => literalIn(text, expected.start, expected.end)),
      expected,
    );
  });
});

describe.each(recipes)('%s', (path) => {
  const { recipe, expect: expected } = JSON.parse(read(path)) as Recipe;
  const text = recipe.prefix + recipe.unit.repeat(recipe.count) + recipe.suffix;

  it('is answered within the time of a test', () => {
    const found = outcome(() => literalIn(text, 0, text.length));
    if (found instanceof LiteralError) {
      expect(expected.error).toContain(found.code);
      if (expected.path) {
        expect(found.reason).toContain(`Row ${expected.path[0]} `);
      }
      return;
    }
    expect(found!.shape).toEqual(expected.shape);
    expect(found!.values.reduce((sum, value) => sum + value)).toBe(expected.sum);
  });
});

it('finds nothing in prose', () => {
  const text = read('negative/nothing.txt');
  for (let offset = 0; offset <= text.length; offset++) {
    expect(literalAt(text, offset)).toBeUndefined();
  }
  expect(() => literalIn(text, 0, text.length)).toThrow('There is no array of numbers in the selection.');
});

it('finds no array in a string or an index', () => {
  const json = read('json/object.json');
  expect(literalAt(json, json.indexOf('[1, 2] in a string') + 2)).toBeUndefined();
  const python = read('python/wrappers.py');
  for (const index of ['[0, 1]', '[2]']) {
    expect(literalAt(python, python.indexOf(index) + 1)).toBeUndefined();
  }
});
