import type { GradientProblem } from './gradientProblem';
import { Random } from './random';
import { RowNormalizer } from './rowNormalizer';

/** Which way x is moved: ±1 at random, 1 everywhere (shows a missing mean correction), or x − mean (shows a missing variance correction). */
const directionNames = ['random', 'ones', 'deviation'] as const;
/** The name of a direction through all rows of x. */
export type DirectionName = (typeof directionNames)[number];

/** A gradient against differences along one direction. */
export interface DirectionalCheck {
  readonly direction: DirectionName;
  /**
   * Error by step. Of a right gradient it falls with the step squared until rounding, which grows as the step shrinks, takes over; of
   * a wrong one it levels off.
   */
  readonly sweep: readonly { readonly step: number; readonly error: number }[];
  /** The error at the step where truncation and rounding balance. */
  readonly error: number;
  readonly passed: boolean;
}

/** Steps in units of each row's curvature length. */
const steps = [5, 8, 11, 14, 17, 20, 23, 26].map((exponent) => 2 ** -exponent);
/** About ∛2^-52: where central differences in float64 are best. */
const bestStep = 2 ** -17;
/** Right gradients stay a hundred times below; the weakest of the common mistakes is far above. */
export const directionalLimit = 1e-8;

/**
 * Holds a gradient of x against central differences along directions that move all rows at once, each in units of its curvature
 * length: two evaluations per step, whatever the size of x.
 *
 *   error = |(L(x + hv) − L(x − hv)) / 2h − ⟨G, v⟩| / √Σ_rows (rstd · |g| · |v|)²,  g = γ dy
 *
 * One random direction passes wrong gradients of large rows, whose faults it sees only as ‖dG‖ / ‖G‖; along 1 and x − mean the
 * right corrections cancel all that is there, and nothing hides what is missing.
 *
 * @param gradInput G, of the shape of the problem's x
 * @param rows      that take part
 * @param seed      of the random direction
 */
export function directionalChecks(
  problem: GradientProblem,
  gradInput: Float64Array,
  rows: readonly number[],
  seed: number,
): DirectionalCheck[] {
  return directionNames.map((direction) => {
    const sweep = sweepAlong(problem, gradInput, rows, direction, new Random(seed));
    const { error } = sweep[steps.indexOf(bestStep)];
    return { direction, sweep, error, passed: error <= directionalLimit };
  });
}

function sweepAlong(
  { spec, geometry, cols, x, gradOutput, parameters, scale }: GradientProblem,
  gradInput: Float64Array,
  rows: readonly number[],
  direction: DirectionName,
  random: Random,
): { step: number; error: number }[] {
  const normalizer = new RowNormalizer(spec, cols, parameters);
  const [base, probe, above, below, moves] = Array.from({ length: 5 }, () => new Float64Array(cols));
  const differences = new Float64Array(steps.length);
  let squares = 0;
  for (const row of rows) {
    const start = row * cols;
    const first = geometry.rowFeature[row];
    normalizer.turnTo(first);
    normalizer.normalize(x, start, base, 0);
    const { curvatureLength, rstd } = normalizer;
    const mean = x.subarray(start, start + cols).reduce((sum, value) => sum + value / cols, 0);
    let size = 0;
    let largest = 0;
    for (let c = 0; c < cols; c++) {
      const move =
        direction === 'random' ? random.sign() : direction === 'ones' ? 1 : (x[start + c] - mean) / curvatureLength;
      moves[c] = move * curvatureLength;
      size += moves[c] ** 2;
      largest += (gradOutput[start + c] * scale[first + geometry.colFeature[c]]) ** 2;
    }
    squares += rstd ** 2 * largest * size;
    steps.forEach((step, i) => {
      differences[i] += rowDifference(row, step);
    });
  }
  return steps.map((step, i) => ({ step, error: squares > 0 ? Math.abs(differences[i]) / Math.sqrt(squares) : 0 }));

  /** The difference quotient less ⟨G, v⟩, of one row. */
  function rowDifference(row: number, step: number): number {
    const start = row * cols;
    const first = geometry.rowFeature[row];
    for (let c = 0; c < cols; c++) {
      probe[c] = x[start + c] + step * moves[c];
    }
    normalizer.normalize(probe, 0, above, 0);
    for (let c = 0; c < cols; c++) {
      probe[c] = x[start + c] - step * moves[c];
    }
    normalizer.normalize(probe, 0, below, 0);
    let sum = 0;
    for (let c = 0; c < cols; c++) {
      // The step really made: x ± hv are rounded where |x| is large.
      const made = x[start + c] + step * moves[c] - (x[start + c] - step * moves[c]);
      sum +=
        gradOutput[start + c] * scale[first + geometry.colFeature[c]] * (above[c] - below[c]) -
        gradInput[start + c] * made;
    }
    return sum / (2 * step);
  }
}
