import { ShapeError } from '../tensor/errors';
import { formatShape } from '../tensor/shape';
import type { ArrayLiteral } from './arrayLiteral';
import { isOpener } from './brackets';
import { Char, codeAt } from './characters';
import { elisionEnd } from './elision';
import { NumberScanner } from './numberScanner';
import { skipTrivia } from './trivia';

/**
 * Where one element of an array stands, found by reading its row again up to there.
 *
 * @param text    the text that the literal was read from, unchanged
 * @param literal what was read
 * @param index   indices along each axis of its shape
 * @returns offsets of the number's first character and after its last; those of the row where the number there is not the element,
 *   because other text stands between its numbers, as in a table, or because they are printed with a factor
 * @throws  ShapeError if the index lies outside the shape
 */
export function elementRange(
  text: string,
  { shape, values, rowOffsets }: ArrayLiteral,
  index: readonly number[],
): { start: number; end: number } {
  if (index.length !== shape.length || index.some((i, axis) => !(i >= 0 && i < shape[axis]))) {
    throw new ShapeError(`There is no element ${formatShape(index)} in an array of shape ${formatShape(shape)}.`);
  }
  const row = index.slice(0, -1).reduce((flat, i, axis) => flat * shape[axis] + i, 0);
  const [rowStart, rowEnd] = rowOffsets.subarray(2 * row, 2 * row + 2);
  const numbers = new NumberScanner(text);
  // Numbers selected without brackets around them are a row, too.
  let start = skipTrivia(text, isOpener(codeAt(text, rowStart)) ? rowStart + 1 : rowStart);
  let end = numbers.read(start);
  for (let skipped = 0; skipped < index[index.length - 1] && end > start; skipped++) {
    start = nextElement(text, end);
    end = numbers.read(start);
  }
  const isElement =
    end > start && end <= rowEnd && Object.is(numbers.value, values[row * shape.at(-1)! + index.at(-1)!]);
  return isElement ? { start, end } : { start: rowStart, end: rowEnd };
}

/** The element after the one that ends at an offset: past a comma, if there is one, and what the text leaves out. */
function nextElement(text: string, end: number): number {
  const parting = skipTrivia(text, end);
  const isParted = codeAt(text, parting) === Char.comma || codeAt(text, parting) === Char.semicolon;
  const next = isParted ? skipTrivia(text, parting + 1) : parting;
  const elided = elisionEnd(text, next);
  return elided > next ? nextElement(text, elided) : next;
}
