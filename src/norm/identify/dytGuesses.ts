import { toFloat64 } from '../../tensor/tensor';
import type { FittedAffine } from './fitAffine';
import { rowGeometry } from '../geometry';
import type { Guess, Guesses } from './guess';
import { bestScale } from './minimum';
import type { NormCase } from '../normCase';
import { defaultSpec } from '../normSpec';
import { layerAxesOf } from './normStructures';
import { featureCount, parametersOf, type Affine } from '../parameters';
import type { Precision } from '../precision';
import { RoundingNoise } from './roundingNoise';
import { TanhRows } from './tanhRows';

/** Exponents of ten between which α is looked for; its authors start from 0.2 to 0.8. */
const log10Alpha = { low: -3, high: 3, steps: 36 };
/** A straight line must come out worse by this factor; chance does not bring it. */
const clearly = 4;
/** So many values tell about where α is. */
const searchValues = 2 ** 13;

/**
 * y = tanh(α x) · weight + bias with the α of the case or a fitted one, under the weight and bias of the case, taken as none, or
 * else fitted. Of these nothing where x itself, scaled per feature, explains y: a small α shows no bend.
 */
export function dytGuesses(normCase: NormCase, precision: Precision): Guesses {
  const { x, output, weight, bias } = normCase;
  const { weight: knownWeight, bias: knownBias, alpha: knownAlpha } = parametersOf(normCase);
  const noise = new RoundingNoise(precision);
  const guesses = layerAxesOf(normCase).flatMap((axes): Guess[] => {
    const spec = { ...defaultSpec('dyt'), axes, eps: 0 };
    const geometry = rowGeometry(spec, x.shape);
    const rows = TanhRows.of(geometry, toFloat64(x), toFloat64(output!));
    const features = featureCount(geometry);
    const asNone = {
      weight: knownWeight ?? new Float64Array(features).fill(1),
      bias: knownBias ?? new Float64Array(features),
    };
    const trials = [asNone, ...(weight && bias ? [] : [{ weight: knownWeight, bias: knownBias }])];
    return trials.flatMap((known): Guess[] => {
      const { alpha, fitted } = fittedAlpha(rows, known, noise, knownAlpha?.[0]);
      const isStraight = known !== asNone && rows.fit(undefined, known, noise).score <= clearly * fitted.score;
      if (isStraight || !fitted.isTold || !Number.isFinite(fitted.score)) {
        return [];
      }
      return [
        {
          structure: { spec, geometry, affine: geometry },
          spec,
          biasApplied: true,
          recovered: known === asNone ? undefined : { weight: fitted.weight, bias: fitted.bias },
          alpha,
          score: fitted.score,
          rowsJudged: rows.count,
          rows: geometry.rows,
        },
      ];
    });
  });
  return { guesses };
}

function fittedAlpha(
  rows: TanhRows,
  known: Affine,
  noise: RoundingNoise,
  given: number | undefined,
): { alpha: number; fitted: FittedAffine } {
  const few = rows.first(searchValues);
  const { low, high, steps } = log10Alpha;
  const alpha = given ?? bestScale((trial) => few.fit(trial, known, noise).score, low, high, steps);
  return { alpha, fitted: rows.fit(alpha, known, noise) };
}
