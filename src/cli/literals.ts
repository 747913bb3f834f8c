import { readFile } from 'node:fs/promises';
import { FormatError } from '../tensor/errors';
import { formatShape } from '../tensor/shape';
import type { ArrayLiteral } from '../text/arrayLiteral';
import { lineAndColumn } from '../text/lineAndColumn';
import { literals as literalsIn } from '../text/literals';
import type { RefusedLiteral } from '../text/scanLiterals';
import type { Command, Outcome } from './command';
import { table } from './table';

/** Every array of numbers in a text file. */
export const literals: Command = {
  usage: 'literals FILE',
  options: {},
  files: 1,
  run: async ([path]) => answer(textOf(await readFile(path))),
};

/** @throws FormatError if the bytes are no text in UTF-8: arrays found in other bytes would be noise */
function textOf(bytes: Buffer): string {
  const zero = bytes.indexOf(0);
  if (zero >= 0) {
    throw new FormatError('text', 'a byte is 0, as in no text in UTF-8', zero, {
      advice: 'Save a text in UTF-8 first; `normscope list` shows what a dump holds.',
    });
  }
  return bytes.toString('utf8');
}

function answer(text: string): Outcome {
  const found = Array.from(literalsIn(text));
  const lines = found.map((literal) => {
    const { line, column } = lineAndColumn(text, 'error' in literal ? literal.error.start : literal.start);
    return [`${line}:${column}`, ...described(literal)];
  });
  return {
    json: { literals: found.map(jsonOf) },
    text: lines.length > 0 ? table(['line', 'shape', 'dtype', 'numbers', 'note'], lines) : 'no arrays',
  };
}

function described(literal: ArrayLiteral | RefusedLiteral): string[] {
  if ('error' in literal) {
    return ['', '', '', literal.error.reason];
  }
  const { shape, dtype, values, truncated, notes = [] } = literal;
  const known = truncated ? truncated.statedShape : shape;
  const note = [...(truncated ? ['cut off'] : []), ...notes].join(' ');
  return [known ? formatShape(known) : '', dtype ?? '', String(values.length), note];
}

function jsonOf(literal: ArrayLiteral | RefusedLiteral): object {
  const { start, end } = literal;
  if ('error' in literal) {
    const { code, reason, start: from, end: to } = literal.error;
    return { start, end, error: code, message: reason, at: { start: from, end: to } };
  }
  const { shape, dtype = null, values, truncated } = literal;
  return truncated
    ? { start, end, truncated: true, shape: truncated.statedShape ?? null, dtype, valuesShown: values }
    : { start, end, shape, dtype, values };
}
