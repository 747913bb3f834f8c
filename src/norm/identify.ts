import { ShapeError } from '../tensor/errors';
import { formatShape } from '../tensor/shape';
import { toFloat64 } from '../tensor/tensor';
import { forward } from './forward';
import { explainIdentification } from './explainIdentification';
import type { NormCase } from './normCase';
import type { NormSpec } from './normSpec';
import { normStructures, type NormStructure } from './normStructures';
import { featureCount, heldStatistics, parametersOf, scaleOf } from './parameters';
import { precisionOf, type Precision } from './precision';
import { rowFits } from './rowFits';
import { inRowOrder } from './rowOrder';
import { recoveredSpecs } from './recoveredSpecs';
import { scoredSpecs, usualEps } from './scoredSpecs';
import { spreadFeatures } from './spreadFeatures';

/** A convention and how well it makes y from x. */
export interface Candidate {
  readonly spec: NormSpec;
  /** False if y leaves out the bias that the case has. */
  readonly biasApplied: boolean;
  /** Weight and bias, (features,), that were fitted because one or both are unknown; what is known stands as it is. */
  readonly recovered?: { readonly weight: Float64Array; readonly bias: Float64Array };
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

type Guess = Omit<Candidate, 'maxAbsError' | 'relError'> & { readonly structure: NormStructure };

/** Measured float32 kernels stay within 4 units of u (2 + m); cast order adds one rounding. */
const explainedScore = 8;
const shownCandidates = 12;
const headValues = 2 ** 15;

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
  const first = guessesOf(normCase, precision, usual, true);
  const isExplained = first.some(({ score }) => score <= explainedScore);
  const given = isExplained ? first : [...first, ...guessesOf(normCase, precision, unusual, false)];
  const guesses = given.some(({ score }) => score <= explainedScore)
    ? given
    : [...given, ...recoveredGuesses(normCase, precision, usual)];
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

/** @param withVariants whether to try 1 + weight and a bias left out, which are found in layer_norm and rms_norm */
function guessesOf(
  normCase: NormCase,
  precision: Precision,
  structures: readonly NormStructure[],
  withVariants: boolean,
): Guess[] {
  const { weight, bias } = normCase;
  const parameters = parametersOf(normCase);
  const x = toFloat64(normCase.x);
  const y = toFloat64(normCase.output!);
  return structures.flatMap((structure) => {
    const { spec, geometry } = structure;
    const rowsOfX = inRowOrder(geometry, x);
    const rowsOfY = inRowOrder(geometry, y);
    const hasOneDivisor =
      geometry.cols === 1 || spec.kind === 'l2_norm' || spec.kind === 'scale_norm' || heldStatistics(spec, parameters);
    const divisors = hasOneDivisor ? (['n'] as const) : (['n', 'n-1'] as const);
    return (weight && withVariants ? ([0, 1] as const) : ([0] as const)).flatMap((weightOffset) =>
      (bias && withVariants ? [true, false] : [true]).flatMap((biasApplied) => {
        const base = { ...spec, weightOffset };
        const { scale, shift } = affineOf(normCase, { ...structure, spec: base }, biasApplied);
        const rowsOfScale = inRowOrder(geometry, scale);
        const rowsOfShift = inRowOrder(geometry, shift);
        const fits = rowFits(base, geometry, rowsOfX, rowsOfY, rowsOfScale, rowsOfShift, precision, parameters);
        return scoredSpecs(base, geometry.cols, fits, divisors).map((guess) => ({
          ...guess,
          structure,
          biasApplied,
          rowsJudged: fits.length,
          rows: geometry.rows,
        }));
      }),
    );
  });
}

/**
 * Guesses of a weight and bias that nobody gave; none where both are given. Tried on layer_norm and rms_norm alone: where each
 * row has a weight and bias of its own, as in batch_norm, any eps and even the identity fits.
 */
function recoveredGuesses(normCase: NormCase, precision: Precision, structures: readonly NormStructure[]): Guess[] {
  if (normCase.weight && normCase.bias) {
    return [];
  }
  const known = parametersOf(normCase);
  return structures.flatMap((structure) => {
    const { geometry } = structure;
    const x = inRowOrder(geometry, toFloat64(normCase.x));
    const y = inRowOrder(geometry, toFloat64(normCase.output!));
    const head = headOf(structure);
    const length = head.geometry.rows * head.geometry.cols;
    const tried = recoveredSpecs(head, x.subarray(0, length), y.subarray(0, length), known, precision);
    const smallest = Math.min(...tried.map(({ score }) => score));
    const promising = tried
      .filter(({ score }) => score <= Math.max(explainedScore, 2 * smallest))
      .map(({ spec }) => spec);
    return recoveredSpecs(structure, x, y, known, precision, promising).map(({ spec, score, weight, bias }) => ({
      spec,
      score,
      recovered: { weight, bias },
      structure,
      biasApplied: true,
      rowsJudged: geometry.rows,
      rows: geometry.rows,
    }));
  });
}

/** The first rows of a large tensor: enough to tell which eps are worth a fit of all. */
function headOf(structure: NormStructure): NormStructure {
  const { geometry } = structure;
  const rows = Math.min(geometry.rows, Math.max(16, Math.ceil(headValues / geometry.cols)));
  const head = { ...geometry, rows, rowFeature: geometry.rowFeature.subarray(0, rows), leadingShape: [rows] };
  return { ...structure, geometry: head, affine: head };
}

/** What x̂ is multiplied by and what is added, for every element of x in C order. */
function affineOf(
  normCase: NormCase,
  { spec, affine }: NormStructure,
  biasApplied: boolean,
): { scale: Float64Array; shift: Float64Array } {
  const features = featureCount(affine);
  const { weight, bias } = parametersOf(normCase);
  return {
    scale: spreadFeatures(affine, scaleOf(spec, features, { weight })),
    shift: spreadFeatures(affine, (biasApplied && bias) || new Float64Array(features)),
  };
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

function measured(normCase: NormCase, { structure, ...guess }: Guess): Candidate {
  const { spec, biasApplied } = guess;
  const { x, output } = normCase;
  const y = toFloat64(output!);
  const { scale, shift } = guess.recovered
    ? {
        scale: spreadFeatures(structure.affine, guess.recovered.weight),
        shift: spreadFeatures(structure.affine, guess.recovered.bias),
      }
    : affineOf(normCase, { ...structure, spec }, biasApplied);
  const statistics = { ...parametersOf(normCase), weight: undefined, bias: undefined };
  const { normalized } = forward(spec, x.shape, toFloat64(x), statistics);
  let maxAbsError = 0;
  let squares = 0;
  let total = 0;
  y.forEach((value, i) => {
    const error = Math.abs(value - normalized[i] * scale[i] - shift[i]);
    if (Number.isFinite(error)) {
      maxAbsError = Math.max(maxAbsError, error);
      squares += error * error;
      total += value * value;
    }
  });
  return { ...guess, maxAbsError, relError: total > 0 ? Math.sqrt(squares / total) : Math.sqrt(squares) };
}
