import type { RowFeatures } from './rowFeatures';
import type { Affine } from '../parameters';
import { recoverAffine } from '../recoverAffine';
import type { RoundingNoise } from './roundingNoise';

/** A weight and bias fitted to x̂ and y, and how well y comes out with them. */
export interface FittedAffine {
  /** (features,) */
  readonly weight: Float64Array;
  readonly bias: Float64Array;
  /** Root mean square of the residual in units of what rounding explains, by degree of freedom that the fit leaves. */
  readonly score: number;
  /** False where the fit does not tell of y: the residual is beyond √u of y, or weight and bias cancel. */
  readonly isTold: boolean;
}

/** How much larger than y itself x̂ · weight may be, with a bias that takes it back. */
const maxProducts = 1e3;
/** Fewer values than this for a feature fit anything, with two numbers fitted to them. */
export const minValues = 3;

/**
 * Fits what is unknown of weight and bias by least squares per feature, and judges the fit by the features that have at
 * least three values.
 *
 * @param geometry   rows of x̂ and y and the features of their values
 * @param normalized x̂, (rows, cols)
 * @param size       (rows,): root mean square of the row's x̂, and `offset` 2 + |mean| / √V, for the rounding of the statistics
 * @param known      weight as it scales x̂, and bias, as far as they are known
 * @param hasBias    whether an unknown bias is fitted; else it is zeros
 * @returns          score Infinity where no values are left over to judge by
 */
export function fitAffine(
  geometry: RowFeatures,
  normalized: Float64Array,
  y: Float64Array,
  { size, offset }: { size: Float64Array; offset: Float64Array },
  { known, hasBias }: { known: Affine; hasBias: boolean },
  noise: RoundingNoise,
): FittedAffine {
  const { weight, bias, count } = recoverAffine(geometry, normalized, y, { known, hasBias });
  const { rows, cols, rowFeature, colFeature } = geometry;
  const fitted = (known.weight ? 0 : 1) + (known.bias || !hasBias ? 0 : 1);
  const needed = fitted === 0 ? 1 : minValues;
  let residual = 0;
  let unexplained = 0;
  let total = 0;
  let ofProducts = 0;
  for (let row = 0, i = 0; row < rows; row++) {
    for (let c = 0; c < cols; c++, i++) {
      const feature = rowFeature[row] + colFeature[c];
      if (count[feature] >= needed) {
        const product = weight[feature] * normalized[i];
        const error = y[i] - product - bias[feature];
        const allowed = noise.squared(y[i], bias[feature], product, weight[feature] * size[row], offset[row]);
        residual += (error * error) / allowed;
        unexplained += error * error;
        total += y[i] * y[i];
        ofProducts += product * product;
      }
    }
  }
  const freedom = count.reduce((sum, values) => sum + (values < needed ? 0 : values - fitted), 0);
  // A huge weight on an x̂ that hardly varies has rounding enough to explain any y, and explains none.
  const isTold = unexplained <= noise.unit * total && ofProducts <= maxProducts ** 2 * total;
  return { weight, bias, score: freedom > 0 ? Math.sqrt(residual / freedom) : Infinity, isTold };
}
