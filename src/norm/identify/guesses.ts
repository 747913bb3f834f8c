import { toFloat64 } from '../../tensor/tensor';
import { FiniteRows } from './finiteRows';
import { minValues } from './fitAffine';
import type { NormCase } from '../normCase';
import type { NormSpec } from '../normSpec';
import type { NormStructure } from './normStructures';
import { featureCount, heldStatistics, parametersOf, scaleOf } from '../parameters';
import type { Precision } from '../precision';
import { recoveredSpecs } from './recoveredSpecs';
import { explainedScore, hopelessScore, RoundingNoise } from './roundingNoise';
import { rowFits } from './rowFits';
import { plainFactor, scoredSpecs } from './scoredSpecs';

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

/** So many values tell whether a structure is worth a look at all of them. */
const sampleValues = 2 ** 14;

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
  const noise = new RoundingNoise(precision, statisticsIn);
  const explained = explainedScore(precision);
  return ofPromising(normCase, precision, structures, (structure, rows) => {
    const { spec, geometry } = structure;
    let plain: PlainScaling | undefined;
    const { scale, shift } = affineOf(normCase, { structure, spec, biasApplied: true });
    const [ownScale, ownShift] = [rows.ofFeatures(scale), rows.ofFeatures(shift)];
    const guesses = offsetsOf(structure, weight).flatMap((weightOffset) =>
      (bias ? [true, false] : [true]).flatMap((biasApplied) => {
        const base = { ...spec, weightOffset };
        const scales = weightOffset === 0 ? ownScale : ownScale.map((value) => value + weightOffset);
        const all = rowFits(rows, scales, biasApplied ? ownShift : new Float64Array(ownShift.length), noise);
        // Where statistics overflowed, rstd is zero, and nothing of the row is left to judge.
        const fits = statisticsIn === undefined ? all : all.filter(({ rstd }) => rstd !== 0);
        const unscaled = fits.length > 0 ? plainFactor(fits) : undefined;
        if (unscaled && unscaled.score <= explained && biasApplied) {
          plain ??= { structure: { ...structure, spec: base }, factor: unscaled.factor };
        }
        return scoredSpecs(base, geometry.cols, fits, divisorsOf(structure, normCase)).map((guess) => ({
          ...guess,
          structure,
          biasApplied,
          rowsJudged: fits.length,
          rows: geometry.rows,
        }));
      }),
    );
    return { guesses, plain };
  });
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
  return ofPromising(normCase, precision, structures.filter(isRecoverable), (structure, rows) => {
    const { spec, geometry } = structure;
    let plain: PlainScaling | undefined;
    const guesses = offsetsOf(structure, weight).flatMap((weightOffset) => {
      const base = { ...spec, weightOffset };
      const known = {
        weight: weight && scaleOf(base, featureCount(geometry), parametersOf(normCase)),
        bias: bias && toFloat64(bias),
      };
      const { specs, isPlain } = recoveredSpecs(base, rows, known, divisorsOf(structure, normCase), precision);
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
    return { guesses, plain };
  });
}

/**
 * Tries every structure on a sample of its rows, and on all those that may explain them; where there is none, the one that comes
 * nearest.
 */
function ofPromising(
  normCase: NormCase,
  precision: Precision,
  structures: readonly NormStructure[],
  trial: (structure: NormStructure, rows: FiniteRows) => Guesses,
): Guesses {
  const x = toFloat64(normCase.x);
  const y = toFloat64(normCase.output!);
  const parameters = parametersOf(normCase);
  const on = (structure: NormStructure, maxValues?: number) =>
    trial(structure, FiniteRows.of(structure, x, y, parameters, maxValues));
  if (x.length <= sampleValues) {
    return merged(structures.map((structure) => on(structure)));
  }
  const sampled = structures.map((structure) => {
    const { guesses, plain } = on(structure, sampleValues);
    return { structure, plain, score: Math.min(...guesses.map(({ score }) => score)) };
  });
  const limit = hopelessScore(precision);
  const promising = sampled.filter(({ plain, score }) => plain || score <= limit);
  const nearest = sampled.toSorted((a, b) => a.score - b.score).slice(0, 1);
  return merged((promising.length > 0 ? promising : nearest).map(({ structure }) => on(structure)));
}

function merged(parts: readonly Guesses[]): Guesses {
  return {
    guesses: parts.flatMap(({ guesses }) => guesses),
    plain: parts.find(({ plain }) => plain)?.plain,
  };
}

/** What x̂ is multiplied by and what is added, (features,). */
export function affineOf(
  normCase: NormCase,
  { structure, spec, biasApplied, recovered }: Pick<Guess, 'structure' | 'spec' | 'biasApplied' | 'recovered'>,
): { scale: Float64Array; shift: Float64Array } {
  const { weight, bias } = recovered ?? parametersOf(normCase);
  const features = featureCount(structure.affine);
  return { scale: scaleOf(spec, features, { weight }), shift: (biasApplied && bias) || new Float64Array(features) };
}

function offsetsOf({ spec: { kind } }: NormStructure, weight: unknown): readonly NormSpec['weightOffset'][] {
  return weight && (kind === 'layer_norm' || kind === 'rms_norm') ? [0, 1] : [0];
}

function isRecoverable({ spec: { kind }, geometry, affine }: NormStructure): boolean {
  const valuesOfEach = (geometry.rows * geometry.cols) / featureCount(affine);
  return kind !== 'batch_norm' && kind !== 'l2_norm' && geometry === affine && valuesOfEach >= minValues;
}

function divisorsOf({ spec, geometry }: NormStructure, normCase: NormCase): readonly NormSpec['divisor'][] {
  const isNorm = spec.kind === 'l2_norm' || spec.kind === 'scale_norm';
  const isHeld = heldStatistics(spec, parametersOf(normCase)) !== undefined;
  return geometry.cols === 1 || isNorm || spec.partial < 1 || isHeld ? ['n'] : ['n', 'n-1'];
}
