import { ShapeError } from '../tensor/errors';
import type { Shape } from '../tensor/shape';
import { requireLength, rowGeometry, type Geometry } from './geometry';
import type { NormSpec } from './normSpec';
import { featureCount, heldStatistics, scaleOf, type Affine, type NormParameters } from './parameters';
import { RowNormalizer } from './rowNormalizer';
import { inCOrder, inRowOrder } from './rowOrder';

/** What a norm makes of x, and the statistics it used. */
export interface Forward {
  /** In C order, of the shape of x. Without weight and bias the same array as `normalized`. */
  readonly y: Float64Array;
  /** x̂: before weight and bias; in C order. */
  readonly normalized: Float64Array;
  /** (rows,); zeros for the kinds that take none. */
  readonly mean: Float64Array;
  /** (rows,): the centred variance, or without a mean the mean square, divided as the spec says; the sum of squares for l2_norm and scale_norm, NaN for dyt. */
  readonly variance: Float64Array;
  /** (rows,): what a row is multiplied by; 1 / √(variance + eps) for eps inside, α for dyt. */
  readonly rstd: Float64Array;
}

/**
 * Normalizes each row of x and applies weight and bias: y = x̂ · (weight + weightOffset) + bias.
 *
 * Formulas and the behaviour of edge rows: `RowNormalizer`. A NaN or Inf spoils its own row only. What makes a row:
 * `rowGeometry`.
 *
 * @param shape of x
 * @param x     in C order
 * @throws      ShapeError if the spec does not fit the shape, an array is not of the length it needs, or a batch has one
 *              value per channel
 */
export function forward(spec: NormSpec, shape: Shape, x: Float64Array, parameters: NormParameters): Forward {
  const geometry = rowGeometry(spec, shape);
  requireLength('x', x, geometry.rows * geometry.cols);
  const result = forwardRows(spec, geometry, inRowOrder(geometry, x), parameters);
  const normalized = inCOrder(geometry, result.normalized);
  const y = result.y === result.normalized ? normalized : inCOrder(geometry, result.y);
  return { ...result, y, normalized };
}

/** `forward` of x that lies row by row, (rows, cols); so do y and `normalized`. */
export function forwardRows(spec: NormSpec, geometry: Geometry, x: Float64Array, parameters: NormParameters): Forward {
  const { rows, cols, rowFeature } = geometry;
  requireParameters(spec, geometry, parameters);
  const normalized = new Float64Array(rows * cols);
  const mean = new Float64Array(rows);
  const variance = new Float64Array(rows);
  const rstd = new Float64Array(rows);
  const normalizer = new RowNormalizer(spec, cols, parameters);
  for (let row = 0; row < rows; row++) {
    normalizer.turnTo(rowFeature[row]);
    normalizer.normalize(x, row * cols, normalized, row * cols);
    mean[row] = normalizer.mean;
    variance[row] = normalizer.variance;
    rstd[row] = normalizer.rstd;
  }
  return { y: applyAffine(spec, geometry, normalized, parameters), normalized, mean, variance, rstd };
}

/**
 * @throws ShapeError if a parameter that the norm uses is not of the length it needs, or there is one value per channel, whose
 *         variance says nothing: PyTorch refuses that too
 */
export function requireParameters(spec: NormSpec, geometry: Geometry, parameters: NormParameters): void {
  const features = featureCount(geometry);
  const ofBatch = spec.kind === 'batch_norm' || spec.kind === 'instance_norm';
  for (const name of ['weight', 'bias', ...(ofBatch ? (['runningMean', 'runningVar'] as const) : [])] as const) {
    requireLength(name, parameters[name], features);
  }
  requireLength('alpha', parameters.alpha, 1);
  requireLength('numBatchesTracked', parameters.numBatchesTracked, 1);
  if (ofBatch && geometry.cols === 1 && heldStatistics(spec, parameters) === undefined) {
    throw new ShapeError(
      `x has one value per channel${spec.kind === 'batch_norm' ? '' : ' of each sample'}, so that there is no variance to normalize with.`,
      { advice: 'Give more samples, or the running mean and variance for evaluation.' },
    );
  }
}

function applyAffine(spec: NormSpec, geometry: Geometry, normalized: Float64Array, affine: Affine): Float64Array {
  if (affine.weight === undefined && affine.bias === undefined) {
    return normalized;
  }
  const { rows, cols, rowFeature, colFeature } = geometry;
  const features = featureCount(geometry);
  const scale = scaleOf(spec, features, affine);
  const bias = affine.bias ?? new Float64Array(features);
  const y = new Float64Array(normalized.length);
  for (let row = 0, i = 0; row < rows; row++) {
    const first = rowFeature[row];
    for (let c = 0; c < cols; c++, i++) {
      const feature = first + colFeature[c];
      y[i] = normalized[i] * scale[feature] + bias[feature];
    }
  }
  return y;
}
