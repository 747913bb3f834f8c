import { memoryDump } from '../formats/memoryDump';
import { toleranceOf } from '../norm/closeness';
import { ShapeError } from '../tensor/errors';
import { formatShape } from '../tensor/shape';
import type { ArrayLiteral } from '../text/arrayLiteral';
import type { ComparedPair } from './comparisonSource';
import { tensorOf } from './literalCase';

/**
 * Two arrays in text as a comparison. Where a printer rounded them, half a step of the last decimal of each is allowed
 * beside what assert_close allows for their element types.
 *
 * @param a     the array on trial
 * @param b     the reference
 * @param names of both
 * @throws ShapeError if the shapes differ; LiteralError if only a part of one is shown
 */
export function literalComparison(a: ArrayLiteral, b: ArrayLiteral, names: readonly [string, string]): ComparedPair {
  const dumps = [memoryDump([tensorOf('x', a)]), memoryDump([tensorOf('x', b)])] as const;
  if (formatShape(a.shape) !== formatShape(b.shape)) {
    throw new ShapeError(
      `${names[0]} is ${formatShape(a.shape)} and ${names[1]} is ${formatShape(b.shape)}: only arrays of the same shape are compared.`,
    );
  }
  const { atol, rtol } = toleranceOf(a.dtype ?? 'float64', b.dtype ?? 'float64');
  const printed = ((a.resolution ?? 0) + (b.resolution ?? 0)) / 2;
  return { names, dumps, tolerance: { atol: Math.max(atol, printed), rtol } };
}
