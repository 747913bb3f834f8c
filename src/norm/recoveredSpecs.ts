import type { NormSpec } from './normSpec';
import { isCentred } from './normSpec';
import type { NormStructure } from './normStructures';
import { featureCount, type NormParameters } from './parameters';
import type { Precision } from './precision';
import { recoverAffine } from './recoverAffine';
import { statisticsUnit } from './rowFits';
import { RowNormalizer } from './rowNormalizer';
import { usualEps } from './scoredSpecs';

/** Weight and bias that bring a norm of x nearest to y. */
export interface RecoveredSpec {
  readonly spec: NormSpec;
  /** (features,) */
  readonly weight: Float64Array;
  /** (features,); zeros for the kinds that subtract no mean, unless it was given. */
  readonly bias: Float64Array;
  /** Root mean square of the residual in units of what rounding explains, by degree of freedom that the fit leaves. */
  readonly score: number;
}

type EpsConvention = Pick<NormSpec, 'eps' | 'epsPlace'>;

const usualConventions: readonly EpsConvention[] = usualEps.flatMap((eps) => [
  { eps, epsPlace: 'inside' },
  ...(eps > 0 ? [{ eps, epsPlace: 'outside' } as const] : []),
]);

/** Fewer values per feature than this fit any norm: two numbers are fitted to them. */
const minValues = 3;

/**
 * Fits what is unknown of weight and bias by least squares per feature, for each eps given.
 *
 * Without the weight nobody can tell the divisors apart, nor weight from 1 + weight: both only scale it. They are left as
 * PyTorch has them. Of a norm that subtracts no mean no bias is fitted, since one could stand in for the mean.
 *
 * @param x, y  (rows, cols)
 * @param known weight or bias, if one of them is
 * @param conventions eps to try; unless given, all that libraries use, inside and outside the root
 * @returns     nothing where a feature has fewer than three values, or x or y holds NaN or Inf
 */
export function recoveredSpecs(
  { spec, geometry, affine }: NormStructure,
  x: Float64Array,
  y: Float64Array,
  known: NormParameters,
  precision: Precision,
  conventions: readonly EpsConvention[] = usualConventions,
): RecoveredSpec[] {
  const features = featureCount(affine);
  const perFeature = (geometry.rows * geometry.cols) / features;
  if (perFeature < minValues || !x.every(Number.isFinite) || !y.every(Number.isFinite)) {
    return [];
  }
  const fitted = (known.weight ? 0 : 1) + (known.bias || !isCentred(spec.kind) ? 0 : 1);
  const freedom = x.length - features * fitted;
  const normalized = new Float64Array(x.length);
  const offsets = new Float64Array(geometry.rows);
  return conventions.flatMap((convention) => {
    const trial = { ...spec, ...convention };
    const normalizer = new RowNormalizer(trial, geometry.cols, known);
    for (let row = 0; row < geometry.rows; row++) {
      normalizer.turnTo(geometry.rowFeature[row]);
      normalizer.normalize(x, row * geometry.cols, normalized, row * geometry.cols);
      offsets[row] = 2 + Math.abs(normalizer.mean) * normalizer.rstd;
    }
    const { weight, bias } = recoverAffine(affine, normalized, y, { known, hasBias: isCentred(spec.kind) });
    const score = Math.sqrt(residual(weight, bias) / freedom);
    return Number.isFinite(score) ? [{ spec: trial, weight, bias, score }] : [];
  });

  function residual(weight: Float64Array, bias: Float64Array): number {
    const unit = statisticsUnit(precision);
    const { rowFeature, colFeature, rows, cols } = affine;
    let sum = 0;
    for (let row = 0, i = 0; row < rows; row++) {
      for (let c = 0; c < cols; c++, i++) {
        const feature = rowFeature[row] + colFeature[c];
        const error = y[i] - weight[feature] * normalized[i] - bias[feature];
        const roundoff = unit * offsets[row] * Math.abs(weight[feature]) * (1 + Math.abs(normalized[i]));
        sum += error ** 2 / ((precision.unit * y[i]) ** 2 + precision.quantum ** 2 + roundoff ** 2);
      }
    }
    return sum;
  }
}
