import { ShapeError } from '../tensor/errors';
import { formatShape } from '../tensor/shape';
import type { ArrayLiteral } from './arrayLiteral';
import { isOpener } from './brackets';
import { codeAt } from './characters';
import { NumberScanner } from './numberScanner';
import { skipTrivia } from './trivia';

/**
 * Where one element of an array stands, found by reading its row again up to there.
 *
 * @param text    the text that the literal was read from, unchanged
 * @param literal what was read
 * @param index   indices along each axis of its shape
 * @returns offsets of the number's first character and after its last
 * @throws  ShapeError if the index lies outside the shape
 */
export function elementRange(
  text: string,
  { shape, rowOffsets }: ArrayLiteral,
  index: readonly number[],
): { start: number; end: number } {
  if (index.length !== shape.length || index.some((i, axis) => !(i >= 0 && i < shape[axis]))) {
    throw new ShapeError(`There is no element ${formatShape(index)} in an array of shape ${formatShape(shape)}.`);
  }
  const row = index.slice(0, -1).reduce((flat, i, axis) => flat * shape[axis] + i, 0);
  const rowStart = rowOffsets[2 * row];
  const numbers = new NumberScanner(text);
  // Numbers selected without brackets around them are a row, too.
  let start = skipTrivia(text, isOpener(codeAt(text, rowStart)) ? rowStart + 1 : rowStart);
  for (let skipped = 0; skipped < index[index.length - 1]; skipped++) {
    const comma = skipTrivia(text, numbers.read(start));
    start = skipTrivia(text, comma + 1);
  }
  return { start, end: numbers.read(start) };
}
