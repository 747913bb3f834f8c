import { ShapeError } from '../tensor/errors';
import { toFloat64 } from '../tensor/tensor';
import { requireParameters } from './forward';
import { geometryOf, type Geometry } from './geometry';
import type { NormCase } from './normCase';
import { usuallyBiased, type NormSpec } from './normSpec';
import { featureCount, parametersOf, scaleOf, type NormParameters } from './parameters';
import { Random } from './random';
import { RowNormalizer } from './rowNormalizer';
import { inRowOrder } from './rowOrder';
import { takeRows } from './rowValues';

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
  /** Of the usable rows, which lie one after the other. */
  readonly geometry: Geometry;
  /** Of all rows of x. */
  readonly wholeGeometry: Geometry;
  readonly cols: number;
  /** (usable rows, cols) */
  readonly x: Float64Array;
  readonly gradOutput: Float64Array;
  readonly parameters: NormParameters;
  /** (features,): what x̂ is multiplied by. */
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
 * since a constant one hides a missing mean correction; weight, since γ = 1 hides where it was forgotten; bias for the
 * kinds that usually have one.
 *
 * @throws ShapeError if the tensors of the case do not fit together, or no row is left
 */
export function gradientProblem(normCase: NormCase, seed: number): GradientProblem {
  const { spec } = normCase;
  const wholeGeometry = geometryOf(normCase);
  const { rows, cols, rowFeature } = wholeGeometry;
  const given = parametersOf(normCase);
  requireParameters(spec, wholeGeometry, given);
  const features = featureCount(wholeGeometry);
  const random = new Random(seed);
  const x = inRowOrder(wholeGeometry, toFloat64(normCase.x));
  const gradOutput = normCase.gradOutput
    ? inRowOrder(wholeGeometry, toFloat64(normCase.gradOutput))
    : random.normals(rows * cols);
  const weight = given.weight ?? random.normals(features);
  const bias = given.bias ?? (usuallyBiased(spec.kind) ? random.normals(features) : undefined);
  const parameters = { ...given, weight, bias };
  const skipped: SkippedRows = { nonFinite: 0, notDifferentiable: 0, beyondPrecision: 0 };
  const normalizer = new RowNormalizer(spec, cols, parameters);
  const rowNumbers = usableRows(normalizer, wholeGeometry, x, gradOutput, skipped);
  if (rowNumbers.length === 0) {
    throw new ShapeError(
      rows * cols === 0
        ? 'x is empty, so there is no gradient to check.'
        : `None of the ${rows} rows of x has a gradient to check: ${reasonsOf(skipped)}.`,
    );
  }
  return {
    spec,
    geometry: {
      ...wholeGeometry,
      rows: rowNumbers.length,
      leadingShape: [rowNumbers.length],
      rowFeature: rowNumbers.map((row) => rowFeature[row]),
      scattered: undefined,
    },
    wholeGeometry,
    cols,
    x: takeRows(x, wholeGeometry, rowNumbers),
    gradOutput: takeRows(gradOutput, wholeGeometry, rowNumbers),
    parameters,
    scale: scaleOf(spec, features, parameters),
    rowNumbers,
    rowCount: rows,
    skipped,
    gradOutputSource: normCase.gradOutput ? 'given' : 'random',
    weightSource: normCase.weight ? 'given' : 'random',
  };
}

function reasonsOf({ nonFinite, notDifferentiable }: SkippedRows): string {
  return [
    nonFinite > 0 ? `${nonFinite} hold NaN or Inf in x or gradOutput` : '',
    notDifferentiable > 0
      ? `${notDifferentiable} have no finite rstd or are at a kink, as constant rows with eps 0`
      : '',
  ]
    .filter(Boolean)
    .join(', ');
}

function usableRows(
  normalizer: RowNormalizer,
  { rows, cols, rowFeature }: Geometry,
  x: Float64Array,
  gradOutput: Float64Array,
  skipped: SkippedRows,
): Uint32Array {
  const normalized = new Float64Array(cols);
  const usable = new Uint32Array(cols === 0 ? 0 : rows);
  let count = 0;
  for (let row = 0; row < usable.length; row++) {
    const start = row * cols;
    if (!isFinite(x, start, cols) || !isFinite(gradOutput, start, cols)) {
      skipped.nonFinite++;
      continue;
    }
    normalizer.turnTo(rowFeature[row]);
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
