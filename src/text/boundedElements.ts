import { LiteralError } from '../tensor/errors';
import { formatCount } from '../tensor/formatCount';

/** Elements of an array of which some take no room in the text, at the most. */
const maxElements = 10_000_000;

/**
 * The number of elements of an array that a few characters of text may stand for.
 *
 * @param start where the array starts
 * @param end   where what stands for too many ends
 * @throws LiteralError `too_many` if there are more than ten million: a buffer that a program declares, and the other arrays of
 *   its text are read all the same
 */
export function boundedElements(count: number, start: number, end: number): number {
  if (count > maxElements) {
    const reason = `The array stands for ${formatCount(count)} elements, more than ${formatCount(maxElements)}.`;
    throw new LiteralError('too_many', reason, start, end);
  }
  return count;
}
