import { ShapeError } from '../../tensor/errors';
import { toFloat64 } from '../../tensor/tensor';
import { forward } from '../forward';
import { geometryOf, rowGeometry } from '../geometry';
import type { NormCase } from '../normCase';
import type { NormSpec } from '../normSpec';
import { featureCount, parametersOf, scaleOf } from '../parameters';
import { precisionOf } from '../precision';
import { explainedScore, RoundingNoise } from './roundingNoise';
import { positionInX } from '../rowOrder';
import { spreadFeatures } from '../spreadFeatures';

/** How near a convention comes to an output. */
export interface OutputFit {
  /** Root mean square of y − ŷ in units of what rounding explains, over the values where both are finite. */
  readonly score: number;
  /** The same, were x rounded to its dtype after y was made of it, as by a recorder that saves in half precision. */
  readonly savedScore: number;
  /** `savedScore` of each row by itself; 0 where nothing of it can be compared. */
  readonly rowScores: Float64Array;
  /** True if rounding explains the score. */
  readonly explained: boolean;
  /** ‖y − ŷ‖ / ‖y‖ over the same values. */
  readonly relError: number;
  /** How many values are finite in both. */
  readonly compared: number;
}

/** The parts of a convention that an output is held against; the bias is applied unless it says otherwise. */
export interface TriedConvention {
  readonly spec: NormSpec;
  readonly biasApplied?: boolean;
}

/**
 * Holds conventions against the output of a case; weight and bias stay along the axes that the case says, whatever is averaged
 * over. Rounding is what `RoundingNoise` says.
 */
export class OutputTrial {
  private readonly x: Float64Array;
  private readonly y: Float64Array;
  /** Weight and bias of every value, in C order. */
  private readonly weight: Float64Array;
  private readonly bias: Float64Array;
  private readonly noise: RoundingNoise;
  /** The score up to which rounding explains y. */
  private readonly limit: number;
  /** Of what x was computed in, also where it is saved in a wider format. */
  private readonly unitOfX: number;

  /** @throws ShapeError if a tensor of the case does not fit, or there is no output */
  constructor(private readonly normCase: NormCase) {
    const { spec, x, output } = normCase;
    if (output === undefined) {
      throw new ShapeError('The case has no output to try conventions on.');
    }
    const geometry = geometryOf(normCase);
    const parameters = parametersOf(normCase);
    this.x = toFloat64(x);
    this.y = toFloat64(output);
    const precision = precisionOf(output);
    this.noise = new RoundingNoise(precision);
    this.limit = explainedScore(precision);
    this.unitOfX = precisionOf(x).unit;
    const scale = scaleOf({ ...spec, weightOffset: 0 }, featureCount(geometry), parameters);
    this.weight = spreadFeatures(geometry, scale);
    this.bias = spreadFeatures(geometry, parameters.bias ?? new Float64Array(scale.length));
  }

  /** One pass over x. */
  fit({ spec, biasApplied = true }: TriedConvention): OutputFit {
    const { x, y, weight, bias } = this;
    const { shape } = this.normCase.x;
    const geometry = rowGeometry(spec, shape);
    const { runningMean, runningVar, alpha } = parametersOf(this.normCase);
    const { normalized, mean, rstd } = forward(spec, shape, x, { runningMean, runningVar, alpha });
    const offset = this.normCase.weight ? spec.weightOffset : 0;
    let score = 0;
    let savedScore = 0;
    const rowScores = new Float64Array(geometry.rows);
    let count = 0;
    let squares = 0;
    let total = 0;
    for (let i = 0; i < y.length; i++) {
      const position = positionInX(geometry, i);
      const row = Math.floor(i / geometry.cols);
      const scale = weight[position] + offset;
      const found = y[position];
      const shift = biasApplied ? bias[position] : 0;
      const product = normalized[position] * scale;
      const error = found - product - shift;
      if (!Number.isFinite(error)) {
        continue;
      }
      const ofInput = this.unitOfX * Math.abs(x[position] * rstd[row] * scale);
      const noise = this.noise.squared(found, shift, product, scale, 2 + Math.abs(mean[row]) * rstd[row]);
      score += error ** 2 / noise;
      const saved = error ** 2 / (noise + ofInput ** 2);
      savedScore += saved;
      rowScores[row] += saved;
      squares += error ** 2;
      total += found ** 2;
      count++;
    }
    const relError = total > 0 ? Math.sqrt(squares / total) : Math.sqrt(squares);
    const rootMean = (sum: number) => (count > 0 ? Math.sqrt(sum / count) : 0);
    return {
      score: rootMean(score),
      savedScore: rootMean(savedScore),
      rowScores: rowScores.map((sum) => Math.sqrt(sum / geometry.cols)),
      explained: rootMean(score) <= this.limit,
      relError,
      compared: count,
    };
  }
}

/**
 * True if the output of a case is what its convention brings, to rounding.
 *
 * @throws ShapeError as `OutputTrial`
 */
export function isExplained(normCase: NormCase): boolean {
  return new OutputTrial(normCase).fit(normCase).explained;
}
