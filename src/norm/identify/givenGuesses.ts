import { biasUsesOf, divisorsOf, weightOffsetsOf } from './alternatives';
import { affineOf, type Guesses, type PlainScaling } from './guess';
import { guessesOfPromising } from './guessesOfPromising';
import type { NormCase } from '../normCase';
import type { NormStructure } from './normStructures';
import { parametersOf } from '../parameters';
import type { Precision } from '../precision';
import { explainedScore, RoundingNoise } from './roundingNoise';
import { rowFits } from './rowFits';
import { plainFactor, scoredSpecs } from './scoredSpecs';

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
  const parameters = parametersOf(normCase);
  return guessesOfPromising(normCase, precision, structures, (structure, rows) => {
    const { spec, geometry } = structure;
    const divisors = divisorsOf(spec, geometry.cols, parameters);
    let plain: PlainScaling | undefined;
    const { scale, shift } = affineOf(normCase, { structure, spec, biasApplied: true });
    const [ownScale, ownShift] = [rows.ofFeatures(scale), rows.ofFeatures(shift)];
    const guesses = weightOffsetsOf(weight).flatMap((weightOffset) =>
      biasUsesOf(bias).flatMap((biasApplied) => {
        const base = { ...spec, weightOffset };
        const scales = weightOffset === 0 ? ownScale : ownScale.map((value) => value + weightOffset);
        const all = rowFits(rows, scales, biasApplied ? ownShift : new Float64Array(ownShift.length), noise);
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
    return { guesses, plain };
  });
}
