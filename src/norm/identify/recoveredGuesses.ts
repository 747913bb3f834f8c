import { toFloat64 } from '../../tensor/tensor';
import { divisorsOf, weightOffsetsOf } from './alternatives';
import { minValues } from './fitAffine';
import type { Guesses, PlainScaling } from './guess';
import { guessesOfPromising } from './guessesOfPromising';
import type { NormCase } from '../normCase';
import type { NormStructure } from './normStructures';
import { featureCount, parametersOf, scaleOf } from '../parameters';
import type { Precision } from '../precision';
import { recoveredSpecs } from './recoveredSpecs';

/**
 * Guesses of a weight and bias that nobody gave; none where both are given. Where each row has a weight of its own, as in
 * batch_norm, any eps and even the identity fits: what is found then is a plain scaling, unless the weight is known.
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
  const parameters = parametersOf(normCase);
  return guessesOfPromising(normCase, precision, structures.filter(isRecoverable), (structure, rows) => {
    const { spec, geometry } = structure;
    const divisors = divisorsOf(spec, geometry.cols, parameters);
    let plain: PlainScaling | undefined;
    const guesses = weightOffsetsOf(weight).flatMap((weightOffset) => {
      const base = { ...spec, weightOffset };
      const known = {
        weight: weight && scaleOf(base, featureCount(geometry), parameters),
        bias: bias && toFloat64(bias),
      };
      const { specs, isPlain } = recoveredSpecs(base, rows, known, divisors, precision);
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

/** Weight and bias run along what is normalized; of an l2_norm they are those of an RMSNorm but for a factor. */
function isRecoverable({ spec: { kind }, geometry, affine }: NormStructure): boolean {
  const valuesOfEach = (geometry.rows * geometry.cols) / featureCount(affine);
  return kind !== 'l2_norm' && geometry === affine && valuesOfEach >= minValues;
}
