import { binaryScale } from './binaryScale';
import type { InputDifferences } from './centralDifferences';

/**
 * Richardson's extrapolation of a central difference, (4 D(h/2) − D(h)) / 3, whose error falls with h⁴ instead of h².
 *
 * That allows a step large enough for rounding to stay small: (2^-52 · √cols)^(1/5) of the row's curvature length, where both
 * balance at some 1e-12. (Richardson, Gaunt: The deferred approach to the limit, 1927.)
 *
 * @param differences     turned to the row
 * @param cols            length of the row
 * @param curvatureLength of the row, in units of x
 * @returns               ∂L/∂x of one element of it
 */
export function richardsonDerivative(
  differences: InputDifferences,
  row: number,
  column: number,
  { cols, curvatureLength }: { cols: number; curvatureLength: number },
): number {
  const step = binaryScale((2 ** -52 * Math.sqrt(cols)) ** (1 / 5) * curvatureLength);
  const whole = differences.derivative(row, column, step);
  const half = differences.derivative(row, column, step / 2);
  return (4 * half - whole) / 3;
}
