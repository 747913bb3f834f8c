import type { InputDifferences } from './centralDifferences';
import { ComplexStep } from './complexStep';
import type { GradientProblem } from './gradientProblem';
import { richardsonDerivative } from './richardson';

/** A gradient held, at a few elements, against a derivative sharper than a central difference. */
export interface SharpCheck {
  /** Complex step where the norm is analytic in x, with an error of some 1e-16; else Richardson, of some 1e-12. */
  readonly method: 'complex step' | 'Richardson';
  /** Largest |found − expected| of the elements, in units of rstd · max|γ dy| of the row. */
  readonly error: number;
}

/** An element of the problem's x, and what its error is measured in. */
export interface SharpElement {
  readonly row: number;
  readonly column: number;
  readonly scale: number;
}

/**
 * Holds a few elements of a gradient of x against the sharpest derivative there is for the norm. It is evidence beside the
 * verdict of central differences: a fault of 1e-9 is below what these can see.
 *
 * @param gradInput   of the shape of the problem's x
 * @param differences of the problem; turned to the rows of the elements, all of which have room for a step
 */
export function sharpCheck(
  problem: GradientProblem,
  gradInput: Float64Array,
  differences: InputDifferences,
  elements: readonly SharpElement[],
): SharpCheck {
  const { cols } = problem;
  const complexStep = new ComplexStep(problem);
  const errors = elements.map(({ row, column, scale }) => {
    const expected = complexStep.applies
      ? complexStep.derivative(row, column)
      : richardsonDerivative(differences, row, column, { cols, ...differences.enter(row)! });
    const difference = Math.abs(gradInput[row * cols + column] - expected);
    return difference === 0 ? 0 : difference / scale;
  });
  return { method: complexStep.applies ? 'complex step' : 'Richardson', error: Math.max(...errors) };
}
