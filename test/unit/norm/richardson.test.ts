import { expect, it } from 'vitest';
import { InputDifferences } from '../../../src/norm/centralDifferences';
import { richardsonDerivative } from '../../../src/norm/richardson';
import { float64Cases, largestError, recordedProblem } from './sharpFixtures';

it.each(float64Cases)(
  '%s: within 2e-11 of autograd in every element, and sharper than a central difference',
  async (name) => {
    const { problem, gradInput } = await recordedProblem(name);
    const differences = new InputDifferences(problem);
    const rstdOf = (row: number) => differences.enter(row)!.rstd;
    const error = largestError(problem, gradInput, rstdOf, (row, column) => {
      const { curvatureLength } = differences.enter(row)!;
      return richardsonDerivative(differences, row, column, { cols: problem.cols, curvatureLength });
    });
    const plain = largestError(problem, gradInput, rstdOf, (row, column) => {
      const { step } = differences.enter(row)!;
      return differences.derivative(row, column, step);
    });
    expect(error).toBeLessThan(2e-11);
    expect(error).toBeLessThan(plain / 3);
  },
);
