import { ShapeError } from '../tensor/errors';
import type { Shape } from '../tensor/shape';
import { toFloat64 } from '../tensor/tensor';
import { scaleOf, type Affine } from './forward';
import { geometryOf } from './geometry';
import type { NormCase } from './normCase';
import type { NormSpec } from './normSpec';
import { Random } from './random';
import { RowNormalizer } from './rowNormalizer';

/** Rows that a gradient check passes over, by reason. */
export interface SkippedRows {
  /** x or gradOutput holds NaN or Inf. */
  nonFinite: number;
  /** The norm has a kink or a pole there: a constant row with eps 0, for one. */
  notDifferentiable: number;
  /** |mean| is so far above the spread that float64 has no room for a difference step. Left out of gradInput only. */
  beyondPrecision: number;
}

/** A case made complete for a gradient check, with the rows in it that have a gradient. */
export interface GradientProblem {
  readonly spec: NormSpec;
  /** (usable rows, …normalizedShape) */
  readonly shape: Shape;
  readonly cols: number;
  readonly x: Float64Array;
  readonly gradOutput: Float64Array;
  readonly affine: Affine;
  /** (cols,): what x̂ is multiplied by. */
  readonly scale: Float64Array;
  /** Number of each usable row in the whole tensor. */
  readonly rowNumbers: Uint32Array;
  readonly rowCount: number;
  readonly skipped: SkippedRows;
  readonly gradOutputSource: 'given' | 'random';
  readonly weightSource: 'given' | 'random';
}

/**
 * Fills in what a case lacks with seeded standard normal numbers, and drops the rows without a gradient: gradOutput,
 * since a constant one hides a missing mean correction; weight, since γ = 1 hides where it was forgotten; bias for a
 * layer_norm.
 *
 * @throws ShapeError if the tensors of the case do not fit together, or no row is left
 */
export function gradientProblem(normCase: NormCase, seed: number): GradientProblem {
  const { spec } = normCase;
  const { rows, cols, normalizedShape } = geometryOf(normCase);
  const random = new Random(seed);
  const x = toFloat64(normCase.x);
  const gradOutput = normCase.gradOutput ? toFloat64(normCase.gradOutput) : random.normals(rows * cols);
  const weight = normCase.weight ? toFloat64(normCase.weight) : random.normals(cols);
  const randomBias = spec.kind === 'layer_norm' ? random.normals(cols) : undefined;
  const affine = { weight, bias: normCase.bias ? toFloat64(normCase.bias) : randomBias };
  const skipped: SkippedRows = { nonFinite: 0, notDifferentiable: 0, beyondPrecision: 0 };
  const rowNumbers = usableRows(spec, rows, cols, x, gradOutput, skipped);
  if (rowNumbers.length === 0) {
    throw new ShapeError(
      rows * cols === 0
        ? 'x is empty, so there is no gradient to check.'
        : `None of the ${rows} rows of x has a gradient to check: ${skipped.nonFinite} hold NaN or Inf in x or in ` +
            `gradOutput, ${skipped.notDifferentiable} are constant with eps 0 or at a kink.`,
    );
  }
  return {
    spec,
    shape: [rowNumbers.length, ...normalizedShape],
    cols,
    x: takeRows(x, cols, rows, rowNumbers),
    gradOutput: takeRows(gradOutput, cols, rows, rowNumbers),
    affine,
    scale: scaleOf(spec, cols, affine),
    rowNumbers,
    rowCount: rows,
    skipped,
    gradOutputSource: normCase.gradOutput ? 'given' : 'random',
    weightSource: normCase.weight ? 'given' : 'random',
  };
}

function usableRows(
  spec: NormSpec,
  rows: number,
  cols: number,
  x: Float64Array,
  gradOutput: Float64Array,
  skipped: SkippedRows,
): Uint32Array {
  const normalizer = new RowNormalizer(spec, cols);
  const normalized = new Float64Array(cols);
  const usable = new Uint32Array(cols === 0 ? 0 : rows);
  let count = 0;
  for (let row = 0; row < usable.length; row++) {
    const start = row * cols;
    if (!isFinite(x, start, cols) || !isFinite(gradOutput, start, cols)) {
      skipped.nonFinite++;
      continue;
    }
    normalizer.normalize(x, start, normalized, 0);
    if (normalizer.differentiable) {
      usable[count++] = row;
    } else {
      skipped.notDifferentiable++;
    }
  }
  return usable.subarray(0, count);
}

function isFinite(values: Float64Array, start: number, length: number): boolean {
  for (let i = start; i < start + length; i++) {
    if (values[i] - values[i] !== 0) {
      return false;
    }
  }
  return true;
}

/** The array itself if all rows are taken, else a copy of those that are. */
function takeRows(values: Float64Array, cols: number, rows: number, rowNumbers: Uint32Array): Float64Array {
  if (rowNumbers.length === rows) {
    return values;
  }
  const taken = new Float64Array(rowNumbers.length * cols);
  rowNumbers.forEach((row, i) => taken.set(values.subarray(row * cols, (row + 1) * cols), i * cols));
  return taken;
}
