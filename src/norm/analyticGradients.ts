import { ShapeError } from '../tensor/errors';
import type { Shape } from '../tensor/shape';
import { alphaDifference } from './alphaDifference';
import { alphaSums } from './alphaSums';
import { backwardRows } from './backward';
import { affineDifferences, InputDifferences } from './centralDifferences';
import { directionalChecks } from './directionalCheck';
import type { GradientProblem } from './gradientProblem';
import { GradientTally, type GradientResult } from './gradientTally';
import { positionInX } from './rowOrder';
import { sharpCheck } from './sharpCheck';
import { taylorOrder } from './taylorOrder';

/** Central differences of right gradients stay a hundred times below this; a missing term exceeds it by far. */
const analyticLimit = 1e-7;
/** Besides the worst one, elements held against a sharper derivative: each costs a few rows of work. */
const sharpElements = 8;

/** The engine's gradients against central differences, and what of gradInput was compared. */
export interface AnalyticCheck {
  readonly gradients: GradientResult[];
  /** Rows of the whole tensor, ascending, whose gradInput was compared. */
  readonly checkedRows: number[];
  /** Elements compared in each of them: all, unless a single row exceeds the work bound. */
  readonly checkedColumns: number;
}

/**
 * Compares the engine's gradients with central differences of the forward.
 *
 * @param shape   of the whole x
 * @param maxWork values that may be normalized for the differences of gradInput; rows, or the elements of a single
 *                row, are taken evenly spread so that it suffices
 * @param seed    of the Taylor direction
 * @throws        ShapeError if differences can check no row
 */
export function analyticGradients(
  problem: GradientProblem,
  shape: Shape,
  maxWork: number,
  seed: number,
): AnalyticCheck {
  const { spec, geometry, wholeGeometry, cols, x, gradOutput, parameters, rowNumbers, skipped } = problem;
  const gradients = backwardRows(spec, geometry, x, gradOutput, parameters);
  const differences = new InputDifferences(problem);
  const columns = spread(cols, Math.floor(maxWork / (2 * cols)));
  const candidates = spread(rowNumbers.length, Math.floor(maxWork / (2 * cols * columns.length)));
  const tally = new GradientTally(candidates.length * columns.length);
  const rows: number[] = [];
  const rowScales: number[] = [];
  for (const row of candidates) {
    const entered = differences.enter(row);
    if (entered === undefined) {
      skipped.beyondPrecision++;
      continue;
    }
    rows.push(row);
    const rowScale = entered.rstd * largestG(problem, row);
    rowScales.push(rowScale);
    for (const column of columns) {
      const expected = differences.derivative(row, column, entered.step);
      const found = gradients.gradInput[row * cols + column];
      tally.add(positionInX(wholeGeometry, rowNumbers[row] * cols + column), found, expected, rowScale);
    }
  }
  if (rows.length === 0) {
    throw new ShapeError(
      'No row of x has a gradient that differences can check: |mean| is too far above the spread for float64.',
    );
  }
  const input = tally.result('gradInput', 'analytic', shape, analyticLimit);
  const directions = directionalChecks(problem, gradients.gradInput, steppableRows(problem), seed);
  const { error } = input.errors;
  const worst = error.indexOf(input.maxRelError);
  const elements = [worst, ...spread(error.length, sharpElements)].map((i) => {
    const r = Math.floor(i / columns.length);
    return { row: rows[r], column: columns[i % columns.length], scale: rowScales[r] };
  });
  const results: GradientResult[] = [
    {
      ...input,
      passed: input.passed && directions.every(({ passed }) => passed),
      directions,
      sharp: sharpCheck(problem, gradients.gradInput, differences, elements),
      taylorOrder: taylorOrder(problem, gradients.gradInput, rows, seed),
    },
    affineResult(problem, 'weight', gradients.gradWeight),
  ];
  if (gradients.gradBias) {
    results.push(affineResult(problem, 'bias', gradients.gradBias));
  }
  if (gradients.gradAlpha) {
    results.push(alphaResult(problem, gradients.gradAlpha[0]));
  }
  return { gradients: results, checkedRows: rows.map((row) => rowNumbers[row]), checkedColumns: columns.length };
}

/** All rows of a problem that float64 has room for a step in, also those that are not compared element by element. */
export function steppableRows(problem: GradientProblem): number[] {
  const differences = new InputDifferences(problem);
  return Array.from(problem.rowNumbers.keys()).filter((row) => differences.enter(row) !== undefined);
}

function affineResult(problem: GradientProblem, by: 'weight' | 'bias', found: Float64Array): GradientResult {
  const { derivative, scale } = affineDifferences(problem, by);
  const tally = new GradientTally(found.length);
  found.forEach((value, c) => tally.add(c, value, derivative[c], scale[c]));
  return tally.result(
    by === 'weight' ? 'gradWeight' : 'gradBias',
    'analytic',
    problem.geometry.affineShape,
    analyticLimit,
  );
}

function alphaResult(problem: GradientProblem, found: number): GradientResult {
  const { spec, geometry, x, gradOutput, parameters } = problem;
  const tally = new GradientTally(1);
  const [{ scale }] = alphaSums(spec, geometry, x, gradOutput, parameters);
  tally.add(0, found, alphaDifference(problem), scale[0]);
  return tally.result('gradAlpha', 'analytic', [], analyticLimit);
}

/** Largest |γ dy| of a row. */
function largestG({ gradOutput, scale, geometry, cols }: GradientProblem, row: number): number {
  const first = geometry.rowFeature[row];
  let largest = 0;
  for (let c = 0; c < cols; c++) {
    largest = Math.max(largest, Math.abs(gradOutput[row * cols + c] * scale[first + geometry.colFeature[c]]));
  }
  return largest;
}

/** At most `count` of the numbers below `length`, but at least one, evenly spread. */
function spread(length: number, count: number): number[] {
  const taken = Math.min(length, Math.max(1, count));
  return Array.from({ length: taken }, (_, i) => Math.floor((i * length) / taken));
}
