import { splitGradient } from '../norm/backward';
import { checkGradients, gradientCriterion, type GradientCheck, type GradientResult } from '../norm/gradientCheck';
import { lengthOf } from '../norm/dot';
import { gradientProblem, type GradientProblem } from '../norm/gradientProblem';
import type { Geometry } from '../norm/geometry';
import { elementCount, type Shape } from '../tensor/shape';
import { rowAt } from '../norm/rowOrder';
import { gradientSweeps, type GradientSweep } from './gradientSweeps';
import type { NormRun } from './normRun';
import { indicesWithin, pick, stretchOf, thin, type Focus } from './thin';

/** One gradient compared; errors are relative to the scale that the criterion names, thinned to the extremes. */
export interface GradientReport extends GradientResult {
  /** How many elements were compared, thinned or not. */
  readonly compared: number;
}

/** The input gradient of one row, taken apart; per feature, full = heldConstant + meanCorrection + varianceCorrection. */
export interface GradientSplit {
  readonly row: number;
  /** The shape of the row: value 5 of (2, 3) is value (1, 2). */
  readonly rowShape: Shape;
  /** Shown values of the row, ascending; the other arrays run along them. */
  readonly feature: Uint32Array;
  /** The gradient that treats μ and σ as constants: rstd · dy · γ. */
  readonly heldConstant: Float64Array;
  readonly meanCorrection: Float64Array;
  readonly varianceCorrection: Float64Array;
  readonly full: Float64Array;
  /** ‖heldConstant − full‖ / ‖full‖ of this row: how wrong the constant-statistics gradient is. */
  readonly relativeDifference: number;
}

/** The verdict on the gradients of a case, and the input gradient of one row in its parts. */
export interface GradientsReport {
  readonly passed: boolean;
  /** The rule of the verdict, spelled out. */
  readonly criterion: string;
  /** Sentences on what was assumed: a random dy and its seed, a random γ, rows left out. */
  readonly assumptions: readonly string[];
  readonly checkedRows: number;
  readonly rowCount: number;
  readonly gradients: readonly GradientReport[];
  readonly sweeps: readonly GradientSweep[];
  readonly split: GradientSplit;
}

/** Seed of the dy and γ that are drawn where the case lacks them. */
const seed = 0;

/**
 * Checks the gradients of a run and takes the input gradient of one row apart.
 *
 * @param row   which row; without one that of the worst element of dx
 * @param focus elements of a gradient by its name, or "Feature"s of the row, that are looked at closely
 * @throws      ShapeError if no row has a gradient
 */
export function gradientsReport(
  run: NormRun,
  row: number | undefined,
  signal: AbortSignal,
  focus?: Focus,
): GradientsReport {
  const check = (run.gradientCheck ??= checkGradients(run.normCase, { seed, signal }));
  const problem = gradientProblem(run.normCase, seed);
  return {
    passed: check.passed,
    criterion: gradientCriterion,
    assumptions: assumptionsOf(check),
    checkedRows: check.checkedRows.length,
    rowCount: check.rowCount,
    gradients: check.gradients.map((gradient) => thinErrors(gradient, focus)),
    sweeps: (run.gradientSweeps ??= gradientSweeps(run.normCase, problem, check)),
    split: splitOf(problem, row ?? worstRow(check, run.geometry), focus),
  };
}

function assumptionsOf({
  gradOutputSource,
  weightSource,
  seed: usedSeed,
  checkedRows,
  checkedColumns,
  skippedRows,
  rowCount,
}: GradientCheck): string[] {
  const { nonFinite, notDifferentiable, beyondPrecision } = skippedRows;
  const skipped = nonFinite + notDifferentiable + beyondPrecision;
  const sentences = [
    gradOutputSource === 'random' &&
      `No dy was given, so dy is random: standard normal, seed ${usedSeed}. A constant dy would hide a missing mean correction.`,
    weightSource === 'random' && `No γ was given, so the check uses a random γ, seed ${usedSeed}: γ = 1 hides bugs.`,
    nonFinite > 0 && `${rowsText(nonFinite)} left out, holding NaN or Inf.`,
    notDifferentiable > 0 &&
      `${rowsText(notDifferentiable)} left out, having no gradient: constant with ε 0, or at a kink.`,
    beyondPrecision > 0 &&
      `${rowsText(beyondPrecision)} left out of dx: the mean is too large for a difference in float64.`,
    checkedRows.length < rowCount - skipped &&
      `${checkedRows.length} of ${rowCount} rows are compared for dx, evenly spread.`,
    checkedRows.length === 1 &&
      checkedColumns > 0 &&
      rowCount > 1 &&
      `${checkedColumns} elements of row ${checkedRows[0]} are compared.`,
  ];
  return sentences.filter((sentence) => sentence !== false);
}

function rowsText(count: number): string {
  return count === 1 ? '1 row is' : `${count} rows are`;
}

function thinErrors(gradient: GradientResult, focus: Focus | undefined): GradientReport {
  const { position, error } = gradient.errors;
  const stretch = stretchOf(focus, gradient.name, elementCount(gradient.shape));
  const shown = thin([error], [], stretch && indicesWithin(position, stretch));
  return {
    ...gradient,
    compared: position.length,
    errors: { position: shown.map((i) => position[i]), error: pick(error, shown) },
  };
}

/** The row of the element of dx that is furthest off, in the gradient that failed if one did. */
function worstRow({ gradients }: GradientCheck, geometry: Geometry): number {
  const ofInput = gradients.filter(({ name }) => name === 'gradInput');
  const { worstIndex, shape } = ofInput.find(({ passed }) => !passed) ?? ofInput[0];
  const position = worstIndex.reduce((sum, index, axis) => sum * shape[axis] + index, 0);
  return rowAt(geometry, position);
}

/** Takes a row apart; one without a gradient gives way to the first that has one. */
function splitOf(problem: GradientProblem, row: number, focus: Focus | undefined): GradientSplit {
  const { spec, geometry, x, gradOutput, parameters, rowNumbers } = problem;
  const position = Math.max(0, rowNumbers.indexOf(row));
  const { heldConstant, meanCorrection, varianceCorrection, full } = splitGradient(
    spec,
    geometry,
    x,
    gradOutput,
    parameters,
    position,
  );
  const parts = [heldConstant, meanCorrection, varianceCorrection, full];
  const shown = thin(parts, [], stretchOf(focus, 'Feature', full.length));
  const difference = heldConstant.map((value, c) => value - full[c]);
  return {
    row: rowNumbers[position],
    rowShape: geometry.normalizedShape,
    feature: shown,
    heldConstant: pick(heldConstant, shown),
    meanCorrection: pick(meanCorrection, shown),
    varianceCorrection: pick(varianceCorrection, shown),
    full: pick(full, shown),
    relativeDifference: lengthOf(difference) / lengthOf(full),
  };
}
