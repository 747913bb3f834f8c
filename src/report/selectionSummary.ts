import { momentsOf } from '../norm/moments';
import { formatShape } from '../tensor/shape';
import type { ArrayLiteral } from '../text/arrayLiteral';
import { formatNumber } from './formatNumber';
import { statsOf } from './tensorStats';

/** Shape, mean, variance and what is not finite of an array, in one line for the status bar. */
export function selectionSummary({ shape, values }: ArrayLiteral): string {
  const { mean, variance, nan, posInf, negInf } = statsOf(momentsOf(values));
  const parts = [formatShape(shape), `mean ${formatNumber(mean)}`, `var ${formatNumber(variance)} (÷N)`, `${nan} NaN`];
  if (posInf + negInf > 0) {
    parts.push(`${posInf + negInf} Inf`);
  }
  return parts.join(' · ');
}
