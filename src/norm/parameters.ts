import { toFloat64 } from '../tensor/tensor';
import { requireLength, type Geometry } from './geometry';
import type { NormCase } from './normCase';
import type { NormSpec } from './normSpec';

/** Weight γ and bias β as stored, (features,); absent means ones and zeros. */
export interface Affine {
  readonly weight?: Float64Array;
  readonly bias?: Float64Array;
}

/** All that a norm knows besides x. */
export interface NormParameters extends Affine {
  /** (channels,): what batch_norm and instance_norm normalize with in evaluation; absent means the batch's own. */
  readonly runningMean?: Float64Array;
  readonly runningVar?: Float64Array;
  /** (1,): how many batches the running statistics are of, before this one; only for an average over all. */
  readonly numBatchesTracked?: Float64Array;
  /** (1,): α of dyt; absent means 0.5, which its authors start from. */
  readonly alpha?: Float64Array;
}

/** The parameters among the tensors of a case. */
export function parametersOf(normCase: NormCase): NormParameters {
  const { weight, bias, runningMean, runningVar, numBatchesTracked, alpha } = normCase;
  return {
    weight: weight && toFloat64(weight),
    bias: bias && toFloat64(bias),
    runningMean: runningMean && toFloat64(runningMean),
    runningVar: runningVar && toFloat64(runningVar),
    numBatchesTracked: numBatchesTracked && toFloat64(numBatchesTracked),
    alpha: alpha && toFloat64(alpha),
  };
}

/** The statistics that stand in for the rows' own, by channel; undefined where the rows' own are used. */
export function heldStatistics(
  { kind, training }: NormSpec,
  { runningMean, runningVar }: NormParameters,
): { mean: Float64Array; variance: Float64Array } | undefined {
  const tracks = kind === 'batch_norm' || kind === 'instance_norm';
  return tracks && !training && runningMean && runningVar ? { mean: runningMean, variance: runningVar } : undefined;
}

/** Number of values in weight and bias. */
export function featureCount({ affineShape }: Pick<Geometry, 'affineShape'>): number {
  return affineShape.reduce((product, length) => product * length, 1);
}

/**
 * What x̂ is multiplied by, (features,): weight + weightOffset; ones without a weight.
 *
 * @throws ShapeError if the weight is not of that length
 */
export function scaleOf({ weightOffset }: NormSpec, features: number, { weight }: Affine): Float64Array {
  requireLength('weight', weight, features);
  return weight === undefined ? new Float64Array(features).fill(1) : weight.map((value) => value + weightOffset);
}
