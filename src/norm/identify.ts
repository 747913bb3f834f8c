import { ShapeError } from '../tensor/errors';
import { formatShape } from '../tensor/shape';
import { toFloat64 } from '../tensor/tensor';
import { forward } from './forward';
import { rowGeometry } from './geometry';
import { explainIdentification } from './explainIdentification';
import type { NormCase } from './normCase';
import { trailingAxes, type NormSpec } from './normSpec';
import { scaleOf } from './parameters';
import { precisionOf } from './precision';
import { rowFits } from './rowFits';
import { scoredSpecs, usualEps } from './scoredSpecs';

/** A convention and how well it makes y from x. */
export interface Candidate {
  readonly spec: NormSpec;
  /** False if y leaves out the bias that the case has. */
  readonly biasApplied: boolean;
  /** Root mean square over the rows of the residual in units of what rounding explains. */
  readonly score: number;
  /** Rows that could be judged, of how many; the others hold NaN or Inf, or are constant. */
  readonly rowsJudged: number;
  readonly rows: number;
  /** Over the rows where x and y are finite. */
  readonly maxAbsError: number;
  /** ‖y − ŷ‖ / ‖y‖ over the same rows. */
  readonly relError: number;
}

/** What x and y tell of the norm between them. */
export interface Identification {
  /** Absent if no convention tried explains y to rounding. */
  readonly best?: Candidate;
  /** Nearest first; those that explain y before those that do not. */
  readonly candidates: readonly Candidate[];
  /** True unless one convention alone explains y. */
  readonly ambiguous: boolean;
  readonly explanation: string;
}

type Guess = Omit<Candidate, 'maxAbsError' | 'relError'>;

/** Measured float32 kernels stay within 4 units of u (2 + m); cast order adds one rounding. */
const explainedScore = 8;
const shownCandidates = 12;
/** The kinds that are tried. */
const triedKinds = ['layer_norm', 'rms_norm'] as const;

/**
 * Finds which convention made y from x, given the weight and bias (an absent one is taken as none).
 *
 * Tried are both kinds, eps inside, outside and as a clamp, divisor n and n − 1, weight and 1 + weight, and the bias left
 * out; eps is tried at the values that libraries use, and fitted where none of them explains y. A convention is taken to explain y if
 * its residual is that of rounding and at most twice the smallest one; all that do are kept apart from the rest, and
 * more than one make the answer ambiguous.
 *
 * @throws ShapeError if the case has no y, or a tensor does not fit
 */
export function identify(normCase: NormCase): Identification {
  const { x, output } = normCase;
  if (output === undefined) {
    throw new ShapeError('The case has no output y to identify a norm from; name one.');
  }
  if (formatShape(output.shape) !== formatShape(x.shape)) {
    throw new ShapeError(`y has shape ${formatShape(output.shape)}, but x is ${formatShape(x.shape)}.`);
  }
  const guesses = guessesOf(normCase, toFloat64(x), toFloat64(output));
  guesses.sort((a, b) => a.score - b.score);
  const limit = guesses.length === 0 ? 0 : Math.min(explainedScore, Math.max(1, 2 * guesses[0].score));
  const fitting = guesses.filter(({ score }) => score <= limit).sort((a, b) => rarity(a) - rarity(b));
  const rest = guesses.filter(({ score }) => score > limit);
  const candidates = [...fitting, ...rest].slice(0, shownCandidates).map((guess) => measured(normCase, guess));
  return {
    best: fitting.length > 0 ? candidates[0] : undefined,
    candidates,
    ambiguous: fitting.length !== 1,
    explanation: explainIdentification(normCase, candidates, fitting),
  };
}

function guessesOf(normCase: NormCase, x: Float64Array, y: Float64Array): Guess[] {
  const { weight, bias } = normCase;
  const affine = { weight: weight && toFloat64(weight), bias: bias && toFloat64(bias) };
  const precision = precisionOf(normCase.output!);
  const guesses: Guess[] = [];
  const ranks = normCase.x.shape.map((_, i) => i + 1);
  const affineRank = (weight ?? bias)?.shape.length;
  for (const rank of ranks.filter((count) => affineRank === undefined || count === affineRank)) {
    const axes = trailingAxes(rank);
    for (const kind of triedKinds) {
      const geometry = rowGeometry({ ...normCase.spec, kind, axes }, normCase.x.shape);
      for (const weightOffset of weight ? ([0, 1] as const) : ([0] as const)) {
        for (const biasApplied of bias ? [true, false] : [true]) {
          const base = { kind, axes, weightOffset };
          const scale = scaleOf({ ...normCase.spec, weightOffset }, geometry.cols, affine);
          const shift = (biasApplied && affine.bias) || new Float64Array(geometry.cols);
          const fits = rowFits(kind, geometry, x, y, scale, shift, precision);
          guesses.push(
            ...scoredSpecs(base, geometry.cols, fits).map((guess) => ({
              ...guess,
              biasApplied,
              rowsJudged: fits.length,
              rows: geometry.rows,
            })),
          );
        }
      }
    }
  }
  return guesses;
}

/** How unusual a convention is: among those that explain y the most usual one is named first. */
function rarity({ spec, biasApplied }: Guess): number {
  const eps = usualEps.indexOf(spec.eps);
  return (
    (biasApplied ? 0 : 1000) +
    100 * spec.weightOffset +
    (spec.divisor === 'n' ? 0 : 200) +
    20 * ['inside', 'outside', 'clamp'].indexOf(spec.epsPlace) +
    (eps < 0 ? usualEps.length : eps) +
    spec.axes.length / 16
  );
}

function measured(normCase: NormCase, guess: Guess): Candidate {
  const { spec, biasApplied } = guess;
  const { x, weight, bias } = normCase;
  const y = toFloat64(normCase.output!);
  const expected = forward(spec, x.shape, toFloat64(x), {
    weight: weight && toFloat64(weight),
    bias: biasApplied && bias ? toFloat64(bias) : undefined,
  }).y;
  let maxAbsError = 0;
  let squares = 0;
  let total = 0;
  y.forEach((value, i) => {
    const error = Math.abs(value - expected[i]);
    if (Number.isFinite(error)) {
      maxAbsError = Math.max(maxAbsError, error);
      squares += error * error;
      total += value * value;
    }
  });
  return { ...guess, maxAbsError, relError: total > 0 ? Math.sqrt(squares / total) : Math.sqrt(squares) };
}
