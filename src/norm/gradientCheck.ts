import { analyticGradients } from './analyticGradients';
import { fileGradients } from './fileGradients';
import { gradientProblem, type SkippedRows } from './gradientProblem';
import type { GradientResult } from './gradientTally';
import type { NormCase } from './normCase';

export type { GradientResult } from './gradientTally';

/** The verdict on all gradients of a case. */
export interface GradientCheck {
  readonly passed: boolean;
  /** `random` where the case lacks it: standard normal numbers from `seed`. Gradients of the file then stay unchecked. */
  readonly gradOutputSource: 'given' | 'random';
  /** `random` where the case lacks it; for the check of the engine's gradients alone, the file's are held against γ = 1. */
  readonly weightSource: 'given' | 'random';
  readonly seed: number;
  /** Rows, ascending, whose gradInput is compared with differences; gradWeight and gradBias sum over all that have one. */
  readonly checkedRows: readonly number[];
  /** Elements compared in each of them: all, unless a single row is more than `maxWork` allows. */
  readonly checkedColumns: number;
  readonly skippedRows: Readonly<SkippedRows>;
  readonly rowCount: number;
  /** The engine's against differences, then the file's against the engine's. */
  readonly gradients: readonly GradientResult[];
}

/** The rule of the verdict, for people. */
export const gradientCriterion =
  'The engine’s gradients pass if they differ from central differences in float64 by at most 1e-7 of the terms they are ' +
  'made of: rstd · max|γ dy| of the row for dx, the sum of |dy x̂| for dγ, of |dy| for dβ and of |γ dy x| for dα; and dx also along a random direction, 1 and x − mean, by at most 1e-8. The file’s gradients pass if ' +
  'they differ from the engine’s by little more than 8 roundoffs of their number format, likewise measured, and no ' +
  'gradient that leaves out a correction fits clearly better.';

/** Values that may be normalized for the differences of gradInput: some three tenths of a second. */
const defaultMaxWork = 5e7;

/**
 * Checks the gradients of a norm: the engine's against central differences of the loss L = Σ gradOutput · y in float64,
 * and those that the case brings against the engine's.
 *
 * Errors are measured per row, in units of rstd · max|γ dy|, the gradient's size before the corrections. In units of the
 * whole tensor's largest gradient, one row of tiny spread, whose rstd reaches 1 / √eps, would hide any fault in the
 * others; in units of each element itself, right gradients that nearly cancel would fail by rounding. What is asked of the
 * file's gradients is told at `fileGradients`.
 *
 * @param options.seed    of whatever is drawn at random; 0 unless given
 * @param options.maxWork bound on the values normalized for gradInput; rows are taken evenly spread so that it suffices
 * @param options.signal  checked before the work starts, which `maxWork` bounds
 * @throws ShapeError if the tensors do not fit together, or no row has a gradient
 */
export function checkGradients(
  normCase: NormCase,
  options: { seed?: number; maxWork?: number; signal?: AbortSignal } = {},
): GradientCheck {
  const { seed = 0, maxWork = defaultMaxWork, signal } = options;
  signal?.throwIfAborted();
  const problem = gradientProblem(normCase, seed);
  const analytic = analyticGradients(problem, normCase.x.shape, maxWork, seed);
  const gradients = [...analytic.gradients, ...fileGradients(normCase)];
  return {
    passed: gradients.every(({ passed }) => passed),
    gradOutputSource: problem.gradOutputSource,
    weightSource: problem.weightSource,
    seed,
    checkedRows: analytic.checkedRows,
    checkedColumns: analytic.checkedColumns,
    skippedRows: problem.skipped,
    rowCount: problem.rowCount,
    gradients,
  };
}
