import { LimitError } from '../tensor/errors';
import { formatCount } from '../tensor/formatCount';

/** Elements of an array of which some take no room in the text, at the most. */
const maxElements = 10_000_000;

/**
 * The number of elements of an array that a few characters of text may stand for.
 *
 * @throws LimitError if there are more than ten million
 */
export function boundedElements(count: number): number {
  if (count > maxElements) {
    throw new LimitError(`The array stands for ${formatCount(count)} elements, more than ${formatCount(maxElements)}.`);
  }
  return count;
}
