import { describe, expect, it } from 'vitest';
import { parsePythonLiteral, PythonLiteralError } from '../../../src/formats/pythonLiteral';

describe('parsePythonLiteral', () => {
  it('reads the header of an array', () => {
    expect(parsePythonLiteral(`{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }  \n`)).toEqual(
      new Map<string, unknown>([
        ['descr', '<f4'],
        ['fortran_order', false],
        ['shape', [3, 4]],
      ]),
    );
  });

  it.each<[string, unknown]>([
    ['()', []],
    ['(3,)', [3]],
    ['(3 ,)', [3]],
    ['(3)', 3],
    ['[3]', [3]],
    ['(3L, -4)', [3, -4]],
    ['None', null],
    ['True', true],
    [`"it's"`, "it's"],
    [String.raw`'\'\\\n\x41\u03bc\U0001F642'`, "'\\\nAμ🙂"],
    [`[('x', '<f4', (2,)), ('', '|V4')]`, [['x', '<f4', [2]], ['', '|V4']]], // prettier-ignore
    ['{}', new Map()],
  ])('reads %s', (text, value) => {
    expect(parsePythonLiteral(text)).toEqual(value);
  });

  it.each([
    ['', 'ends or goes wrong', 0],
    ['(3, 4', 'lacks a comma or )', 5],
    ['(3 4)', 'lacks a comma or )', 3],
    ['(3.0, 4)', 'holds "3.0", which is no plain value', 1],
    ['(1e3,)', 'holds "1e3", which is no plain value', 1],
    ['(2**3,)', 'lacks a comma or )', 2],
    [`(__import__('os'),)`, 'holds "__import__", which is no plain value', 1],
    [`{'a': 1, 'a': 2}`, 'has the key "a" twice', 12],
    ['{3: 4}', 'has a key that is not a string', 2],
    [`{'a' 1}`, 'lacks a colon', 5],
    [`'abc`, 'has a string without its closing quote', 4],
    [String.raw`'\q'`, 'has an escape that is not known', 2],
    [String.raw`'\U00110000'`, 'has an escape that is not known', 2],
    ['() ()', 'goes on behind its end', 3],
    ['['.repeat(1000), 'is nested more than 32 deep', 33],
  ])('refuses %s', (text, message, position) => {
    const parse = () => parsePythonLiteral(text);
    expect(parse).toThrow(PythonLiteralError);
    expect(parse).toThrow(expect.objectContaining({ message, position }));
  });
});
