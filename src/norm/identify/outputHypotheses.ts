import { ShapeError } from '../../tensor/errors';
import { toFloat64 } from '../../tensor/tensor';
import { forward } from '../forward';
import { geometryOf, rowGeometry } from '../geometry';
import type { NormCase } from '../normCase';
import { isChannelKind, type NormSpec } from '../normSpec';
import { featureCount, parametersOf, scaleOf } from '../parameters';
import { precisionOf } from '../precision';
import { explainedScore, RoundingNoise } from './roundingNoise';
import { positionInX } from '../rowOrder';
import { usualEps } from './epsConventions';
import { spreadFeatures } from '../spreadFeatures';

/** What one change to a convention makes of y. */
export interface OutputHypothesis {
  /** Which part of the convention is changed. */
  readonly change: 'none' | 'divisor' | 'epsPlace' | 'eps' | 'kind' | 'weightOffset' | 'bias' | 'axes';
  readonly spec: NormSpec;
  /** False if the bias is left out. */
  readonly biasApplied: boolean;
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

/**
 * Tries the convention of a case on the output that it brings, and every convention that parts from it in one point: how y
 * is made if a port gets one thing wrong. The stated one comes first, the others best first; they are left out where
 * the stated one explains it.
 *
 * Rounding is what `RoundingNoise` says.
 *
 * @param changes the other conventions to try, each a pass over x
 * @throws ShapeError if a tensor of the case does not fit, or there is no output
 */
export function outputHypotheses(
  normCase: NormCase,
  changes: readonly Guess[] = changesOf(normCase),
): OutputHypothesis[] {
  const trial = new OutputTrial(normCase);
  const stated = trial.score({ change: 'none', spec: normCase.spec, biasApplied: true });
  // A convention that makes NaN of what can be compared explains nothing.
  const others = stated.explained
    ? []
    : changes.map((change) => trial.score(change)).filter(({ compared }) => compared === stated.compared);
  return [stated, ...others.sort((a, b) => a.score - b.score)];
}

type Guess = Pick<OutputHypothesis, 'change' | 'spec' | 'biasApplied'>;

function changesOf({ spec, x, weight, bias }: NormCase): Guess[] {
  const guess = (change: Guess['change'], part: Partial<NormSpec>): Guess => ({
    change,
    spec: { ...spec, ...part },
    biasApplied: true,
  });
  const places = (['inside', 'outside', 'clamp'] as const).filter((place) => place !== spec.epsPlace);
  const swapped = spec.kind === 'layer_norm' ? 'rms_norm' : spec.kind === 'rms_norm' ? 'layer_norm' : undefined;
  return [
    guess('divisor', { divisor: spec.divisor === 'n' ? 'n-1' : 'n' }),
    ...places.map((epsPlace) => guess('epsPlace', { epsPlace })),
    ...usualEps.filter((eps) => eps !== spec.eps).map((eps) => guess('eps', { eps })),
    ...(swapped ? [guess('kind', { kind: swapped })] : []),
    ...(weight ? [guess('weightOffset', { weightOffset: spec.weightOffset === 0 ? 1 : 0 })] : []),
    ...(bias ? [{ ...guess('bias', {}), biasApplied: false }] : []),
    ...otherAxes(spec, x.shape.length).map((axes) => guess('axes', { axes })),
  ];
}

/** Each single axis, the axes before the normalized ones together, and all: over what a reduction goes by mistake. */
function otherAxes({ kind, axes }: NormSpec, rank: number): number[][] {
  if (isChannelKind(kind)) {
    return [];
  }
  const all = Array.from({ length: rank }, (_, axis) => axis);
  const own = axes.map((axis) => (axis < 0 ? axis + rank : axis));
  const before = all.filter((axis) => !own.includes(axis));
  const guesses = [...all.map((axis) => [axis]), ...(before.length > 1 ? [before] : []), ...(rank > 1 ? [all] : [])];
  return guesses.filter((guess) => guess.join() !== own.join());
}

/** Scores conventions on the output of a case; weight and bias stay along the axes that the case says, whatever is averaged over. */
class OutputTrial {
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

  score(guess: Guess): OutputHypothesis {
    const { spec, biasApplied } = guess;
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
      ...guess,
      score: rootMean(score),
      savedScore: rootMean(savedScore),
      rowScores: rowScores.map((sum) => Math.sqrt(sum / geometry.cols)),
      explained: rootMean(score) <= this.limit,
      relError,
      compared: count,
    };
  }
}
