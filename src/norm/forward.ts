import type { Shape } from '../tensor/shape';
import { requireLength, rowGeometry } from './geometry';
import type { NormSpec } from './normSpec';
import { RowNormalizer } from './rowNormalizer';

/** Weight γ and bias β as stored, (cols,); absent means ones and zeros. */
export interface Affine {
  readonly weight?: Float64Array;
  readonly bias?: Float64Array;
}

/** What a norm makes of x, and the statistics it used. */
export interface Forward {
  /** (rows, cols). Without weight and bias the same array as `normalized`. */
  readonly y: Float64Array;
  /** x̂: before weight and bias, (rows, cols). */
  readonly normalized: Float64Array;
  /** (rows,); zeros for rms_norm, which takes none. */
  readonly mean: Float64Array;
  /** (rows,): the centred variance, for rms_norm the mean square; divided as the spec says. */
  readonly variance: Float64Array;
  /** (rows,): what a row is multiplied by; 1 / √(variance + eps) for eps inside. */
  readonly rstd: Float64Array;
}

/**
 * Normalizes each row of x and applies weight and bias: y = x̂ · (weight + weightOffset) + bias.
 *
 * Formulas and the behaviour of edge rows: `RowNormalizer`. A NaN or Inf spoils its own row only.
 *
 * @param shape of x; its last `spec.normalizedAxes` axes form a row
 * @param x     in C order
 * @throws      ShapeError if the spec does not fit the shape, or an array is not of the length it needs
 */
export function forward(spec: NormSpec, shape: Shape, x: Float64Array, affine: Affine): Forward {
  const { rows, cols } = rowGeometry(spec, shape);
  requireLength('x', x, rows * cols);
  const normalized = new Float64Array(rows * cols);
  const mean = new Float64Array(rows);
  const variance = new Float64Array(rows);
  const rstd = new Float64Array(rows);
  const normalizer = new RowNormalizer(spec, cols);
  for (let row = 0; row < rows; row++) {
    normalizer.normalize(x, row * cols, normalized, row * cols);
    mean[row] = normalizer.mean;
    variance[row] = normalizer.variance;
    rstd[row] = normalizer.rstd;
  }
  return { y: applyAffine(spec, normalized, cols, affine), normalized, mean, variance, rstd };
}

/**
 * What x̂ is multiplied by, (cols,): weight + weightOffset; ones without a weight.
 *
 * @throws ShapeError if the weight is not of length cols
 */
export function scaleOf({ weightOffset }: NormSpec, cols: number, { weight }: Affine): Float64Array {
  requireLength('weight', weight, cols);
  return weight === undefined ? new Float64Array(cols).fill(1) : weight.map((value) => value + weightOffset);
}

function applyAffine(spec: NormSpec, normalized: Float64Array, cols: number, affine: Affine): Float64Array {
  const scale = scaleOf(spec, cols, affine);
  requireLength('bias', affine.bias, cols);
  if (affine.weight === undefined && affine.bias === undefined) {
    return normalized;
  }
  const bias = affine.bias ?? new Float64Array(cols);
  const y = new Float64Array(normalized.length);
  for (let start = 0; start < y.length; start += cols) {
    for (let c = 0; c < cols; c++) {
      y[start + c] = normalized[start + c] * scale[c] + bias[c];
    }
  }
  return y;
}
