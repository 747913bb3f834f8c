import { expect, it } from 'vitest';
import { toJson } from '../../../src/cli/json';

it('writes what JSON has no numbers for as strings, and typed arrays as lists', () => {
  const value = { a: [NaN, -Infinity, 0.1], b: 2n ** 63n, c: 5n, d: Float32Array.of(0.5, Infinity), e: undefined };
  expect(JSON.parse(toJson(value))).toEqual({
    a: ['NaN', '-Infinity', 0.1],
    b: '9223372036854775808',
    c: 5,
    d: [0.5, 'Infinity'],
  });
});

it('refuses an answer that no string can hold', () => {
  const answer = new Array<string>(520).fill('x'.repeat(2 ** 20));
  expect(() => toJson(answer)).toThrow('The answer is too long to be written.');
});
