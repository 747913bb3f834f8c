import { toFloat64 } from '../tensor/tensor';
import { FiniteRows } from './finiteRows';
import type { NormCase } from './normCase';
import type { NormSpec } from './normSpec';
import type { NormStructure } from './normStructures';
import { featureCount, heldStatistics, parametersOf, scaleOf } from './parameters';
import type { Precision } from './precision';
import { recoveredSpecs } from './recoveredSpecs';
import { explainedScore, RoundingNoise } from './roundingNoise';
import { rowFits } from './rowFits';
import { inRowOrder } from './rowOrder';
import { plainFactor, scoredSpecs } from './scoredSpecs';
import { spreadFeatures } from './spreadFeatures';

/** A convention, and how well it makes y from x. */
export interface Guess {
  readonly structure: NormStructure;
  readonly spec: NormSpec;
  /** False if y leaves out the bias that the case has. */
  readonly biasApplied: boolean;
  /** Weight and bias, (features,), where one or both were fitted because nobody gave them; what is known stands as it is. */
  readonly recovered?: { readonly weight: Float64Array; readonly bias: Float64Array };
  /** α of a dyt, where it was fitted. */
  readonly alpha?: number;
  /** Root mean square of the residual in units of what rounding explains. */
  readonly score: number;
  /** Rows that could be judged, of how many; the others hold NaN or Inf, or are constant. */
  readonly rowsJudged: number;
  readonly rows: number;
}

/** y as x or x − mean times one factor in all rows, then weight and bias: nothing is normalized. */
export interface PlainScaling {
  readonly structure: NormStructure;
  /** Absent where the weight is unknown, which takes it up. */
  readonly factor?: number;
}

/** What was tried, and whether it takes a norm at all. */
export interface Guesses {
  readonly guesses: readonly Guess[];
  readonly plain?: PlainScaling;
}

/**
 * Every eps, place and divisor under the weight and bias of the case, taken as none where they are absent, with weight and
 * 1 + weight, and with the bias left out.
 *
 * @param statisticsIn the unit roundoff of the format that statistics are taken in, where it is not a careful one
 */
export function givenGuesses(
  normCase: NormCase,
  precision: Precision,
  structures: readonly NormStructure[],
  statisticsIn?: number,
): Guesses {
  const { weight, bias } = normCase;
  const parameters = parametersOf(normCase);
  const noise = new RoundingNoise(precision, statisticsIn);
  const explained = explainedScore(precision);
  const x = toFloat64(normCase.x);
  const y = toFloat64(normCase.output!);
  let plain: PlainScaling | undefined;
  const guesses = structures.flatMap((structure) => {
    const { spec, geometry } = structure;
    const rowsOfX = inRowOrder(geometry, x);
    const rowsOfY = inRowOrder(geometry, y);
    const divisors = hasOneDivisor(structure, normCase) ? (['n'] as const) : (['n', 'n-1'] as const);
    const offsets = weight && isLayer(spec) ? ([0, 1] as const) : ([0] as const);
    return offsets.flatMap((weightOffset) =>
      (bias ? [true, false] : [true]).flatMap((biasApplied) => {
        const base = { ...spec, weightOffset };
        const { scale, shift } = affineInRows(normCase, { structure, spec: base, biasApplied });
        const all = rowFits(base, geometry, rowsOfX, rowsOfY, scale, shift, noise, parameters);
        // Where statistics overflowed, rstd is zero, and nothing of the row is left to judge.
        const fits = statisticsIn === undefined ? all : all.filter(({ rstd }) => rstd !== 0);
        const unscaled = fits.length > 0 ? plainFactor(fits) : undefined;
        if (unscaled && unscaled.score <= explained && biasApplied) {
          plain ??= { structure: { ...structure, spec: base }, factor: unscaled.factor };
        }
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
  return { guesses, plain };
}

/**
 * Guesses of a weight and bias that nobody gave; none where both are given, nor where each row has a weight and bias of its own,
 * as in batch_norm: there any eps and even the identity fits.
 */
export function recoveredGuesses(
  normCase: NormCase,
  precision: Precision,
  structures: readonly NormStructure[],
): Guesses {
  const { weight, bias } = normCase;
  if (weight && bias) {
    return { guesses: [] };
  }
  let plain: PlainScaling | undefined;
  const guesses = structures.filter(isRecoverable).flatMap((structure) => {
    const { spec, geometry } = structure;
    const rows = new FiniteRows(
      structure,
      inRowOrder(geometry, toFloat64(normCase.x)),
      inRowOrder(geometry, toFloat64(normCase.output!)),
    );
    const offsets = weight && isLayer(spec) ? ([0, 1] as const) : ([0] as const);
    return offsets.flatMap((weightOffset) => {
      const base = { ...spec, weightOffset };
      const known = {
        weight: weight && scaleOf(base, featureCount(geometry), parametersOf(normCase)),
        bias: bias && toFloat64(bias),
      };
      const { specs, isPlain } = recoveredSpecs(base, rows, known, precision);
      if (isPlain) {
        plain ??= { structure };
      }
      return (isPlain ? [] : specs).map(({ spec: found, score, weight: scale, bias: shift }) => ({
        spec: found,
        score,
        recovered: { weight: weight ? toFloat64(weight) : scale, bias: shift },
        structure,
        biasApplied: true,
        rowsJudged: rows.kept.length,
        rows: geometry.rows,
      }));
    });
  });
  return { guesses, plain };
}

/** What x̂ is multiplied by and what is added, for every value, row by row of the structure. */
export function affineInRows(
  normCase: NormCase,
  { structure, spec, biasApplied, recovered }: Pick<Guess, 'structure' | 'spec' | 'biasApplied' | 'recovered'>,
): { scale: Float64Array; shift: Float64Array } {
  const { affine, geometry } = structure;
  const { weight, bias } = recovered ?? parametersOf(normCase);
  const features = featureCount(affine);
  const inRows = (values: Float64Array) => inRowOrder(geometry, spreadFeatures(affine, values));
  return {
    scale: inRows(scaleOf(spec, features, { weight })),
    shift: inRows((biasApplied && bias) || new Float64Array(features)),
  };
}

function isLayer({ kind }: NormSpec): boolean {
  return kind === 'layer_norm' || kind === 'rms_norm';
}

function isRecoverable({ spec: { kind }, geometry, affine }: NormStructure): boolean {
  return kind !== 'batch_norm' && kind !== 'l2_norm' && geometry === affine;
}

function hasOneDivisor({ spec, geometry }: NormStructure, normCase: NormCase): boolean {
  const isNorm = spec.kind === 'l2_norm' || spec.kind === 'scale_norm';
  return (
    geometry.cols === 1 || isNorm || spec.partial < 1 || heldStatistics(spec, parametersOf(normCase)) !== undefined
  );
}
