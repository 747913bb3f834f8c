import { ShapeError } from '../../tensor/errors';
import { formatShape } from '../../tensor/shape';
import { toFloat64 } from '../../tensor/tensor';
import { agreeingGuesses } from './bitAgreement';
import { dytGuesses } from './dytGuesses';
import { epsPlaces, usualEps } from './epsConventions';
import { explainIdentification } from './explainIdentification';
import { forward } from '../forward';
import { affineOf, givenGuesses, recoveredGuesses, type Guess, type Guesses, type PlainScaling } from './guesses';
import { halfGuesses } from './halfGuesses';
import type { NormCase } from '../normCase';
import { normStructures } from './normStructures';
import { parametersOf } from '../parameters';
import { narrowFormatOf, precisionOf } from '../precision';
import { explainedScore } from './roundingNoise';
import { spreadFeatures } from '../spreadFeatures';

/** A convention and how well it makes y from x. */
export interface Candidate extends Omit<Guess, 'structure'> {
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

const shownCandidates = 12;
/** Rows of half precision that an unusual eps may be fitted to. */
const minRows = 8;
/** Statistics in float32 or wider give more values of y bit by bit than this share. */
const mostlyEqual = 0.8;
/** Up to so many values, structures that nobody uses are held beside those that explain y, in case they do so too. */
const smallValues = 2 ** 14;
/**
 * Finds which convention made y from x, given the weight and bias. An absent one is taken as none and, where that explains
 * nothing, recovered from the data.
 *
 * Tried are the structures of `normStructures`, with eps inside, outside and as a clamp, divisor n and n − 1, weight and 1 + weight, and the bias left
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
  const { usual, unusual } = normStructures(normCase);
  if (usual.length + unusual.length === 0) {
    throw new ShapeError(
      `x has shape ${formatShape(x.shape)}, and no axes of it that a weight or bias of the given shape could run along.`,
    );
  }
  const precision = precisionOf(output);
  const explained = explainedScore(precision);
  const narrow = narrowFormatOf(precision);
  const isSmall = x.values.length <= smallValues;
  let guesses: Guess[] = [];
  let plain: PlainScaling | undefined;
  let isExplained = false;
  const stages: [find: () => Guesses, isFittedEpsTaken: boolean][] = [
    [() => givenGuesses(normCase, precision, isSmall ? [...usual, ...unusual] : usual), isSmall],
    [() => givenGuesses(normCase, precision, isSmall ? [] : unusual), true],
    [() => recoveredGuesses(normCase, precision, usual), true],
    [() => recoveredGuesses(normCase, precision, unusual), true],
    // What is x times a factor is the tanh of a small α too.
    [() => (plain ? { guesses: [] } : dytGuesses(normCase, precision)), true],
  ];
  for (const [find, isFittedEpsTaken] of stages) {
    if (!isExplained) {
      const found = find();
      plain ??= found.plain;
      // Where one factor serves all rows, an eps far above their variances does so too, in any norm; and to few rows in half
      // precision some eps always fits.
      const showsEps = ({ rowsJudged }: Guess) => plain === undefined && !(narrow && rowsJudged < minRows);
      guesses = [...guesses, ...found.guesses].filter((guess) => hasUsualEps(guess) || showsEps(guess));
      isExplained = guesses.some((guess) => guess.score <= explained && (isFittedEpsTaken || hasUsualEps(guess)));
    }
  }
  guesses.sort((a, b) => a.score - b.score);
  const near = isExplained ? guesses.filter(({ score }) => score <= Math.max(1, 2 * guesses[0].score)) : [];
  const { agreeing, share } = agreeingGuesses(normCase, near, narrow);
  const inHalf = narrow && share < mostlyEqual ? halfGuesses(normCase, precision, usual, narrow, share) : [];
  const explaining = inHalf.length > 0 ? inHalf : agreeing;
  const fitting = explaining
    .filter((guess) => !isNearUsual(guess, explaining))
    .toSorted((a, b) => rarity(a) - rarity(b));
  const rest = guesses.filter((guess) => !near.includes(guess) && !fitting.includes(guess));
  const candidates = [...fitting, ...rest].slice(0, shownCandidates).map((guess) => measured(normCase, guess));
  return {
    best: fitting.length > 0 ? candidates[0] : undefined,
    candidates,
    ambiguous: fitting.length !== 1,
    explanation: explainIdentification(normCase, candidates, fitting, plain),
  };
}

/** A case with the α that was fitted to it, for what is computed from it next. */
export function withFittedAlpha(normCase: NormCase, best: Candidate | undefined): NormCase {
  return best?.alpha === undefined
    ? normCase
    : { ...normCase, alpha: { name: 'alpha', dtype: 'float64', shape: [], values: Float64Array.of(best.alpha) } };
}

/** True for a fitted eps beside a usual one that explains y too: the fit only meant that one. */
function isNearUsual({ spec }: Guess, guesses: readonly Guess[]): boolean {
  const isNear = (other: Guess) =>
    hasUsualEps(other) && other.spec.epsPlace === spec.epsPlace && Math.abs(Math.log(other.spec.eps / spec.eps)) < 0.25;
  return !usualEps.includes(spec.eps) && guesses.some(isNear);
}

const hasUsualEps = ({ spec }: Guess) => usualEps.includes(spec.eps);

/** How unusual a convention is: among those that explain y the most usual one is named first. */
function rarity({ spec, biasApplied }: Guess): number {
  const eps = usualEps.indexOf(spec.eps);
  return (
    (biasApplied ? 0 : 1000) +
    100 * spec.weightOffset +
    (spec.divisor === 'n' ? 0 : 200) +
    20 * epsPlaces.indexOf(spec.epsPlace) +
    (eps < 0 ? 60 : eps) +
    spec.axes.length / 16
  );
}

function measured(normCase: NormCase, { structure, ...guess }: Guess): Candidate {
  const { x, output } = normCase;
  const affine = affineOf(normCase, { ...guess, structure });
  const [scale, shift] = [affine.scale, affine.shift].map((features) => spreadFeatures(structure.affine, features));
  const { runningMean, runningVar, alpha } = parametersOf(normCase);
  const ownAlpha = guess.alpha === undefined ? alpha : Float64Array.of(guess.alpha);
  const { normalized } = forward(guess.spec, x.shape, toFloat64(x), { runningMean, runningVar, alpha: ownAlpha });
  let maxAbsError = 0;
  let squares = 0;
  let total = 0;
  toFloat64(output!).forEach((value, i) => {
    const error = Math.abs(value - normalized[i] * scale[i] - shift[i]);
    if (Number.isFinite(error)) {
      maxAbsError = Math.max(maxAbsError, error);
      squares += error * error;
      total += value * value;
    }
  });
  return { ...guess, maxAbsError, relError: total > 0 ? Math.sqrt(squares / total) : Math.sqrt(squares) };
}
