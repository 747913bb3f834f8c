import { momentsOf } from '../norm/moments';
import { formatShape } from '../tensor/shape';
import type { ArrayLiteral } from '../text/arrayLiteral';
import { formatNumber } from '../tensor/formatNumber';
import { statsOf } from './tensorStats';

/**
 * Shape, mean, variance and what is not finite of an array, in one line for the status bar and the code lens. Of an array
 * that is printed in part: its shape where the text states it, and the numbers of that part.
 */
export function selectionSummary({ shape, values, truncated }: ArrayLiteral): string {
  const { mean, variance, nan, posInf, negInf } = statsOf(momentsOf(values));
  const { statedShape } = truncated ?? { statedShape: shape };
  const parts = [
    ...(statedShape ? [formatShape(statedShape)] : []),
    ...(truncated ? [`cut off, ${values.length} values visible`] : []),
    `mean ${formatNumber(mean)}`,
    `var ${formatNumber(variance)} (÷N)`,
    `${nan} NaN`,
  ];
  if (posInf + negInf > 0) {
    parts.push(`${posInf + negInf} Inf`);
  }
  return parts.join(' · ');
}
