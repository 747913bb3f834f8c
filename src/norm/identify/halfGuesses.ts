import type { SmallFloatDtype } from '../../tensor/roundFloat';
import { toFloat64 } from '../../tensor/tensor';
import { computedForward } from '../arithmetic/computedForward';
import { usualEps } from './alternatives';
import { featuresInRows } from './featuresInRows';
import { affineOf, type Guess } from './guess';
import { givenGuesses } from './givenGuesses';
import { affineFits } from '../identifyGradients';
import { leadingPart } from '../leadingPart';
import type { NormCase } from '../normCase';
import type { NormStructure } from './normStructures';
import { parametersOf } from '../parameters';
import type { Precision } from '../precision';
import { hopelessScore } from './roundingNoise';

/** So many values and conventions are computed again in half precision. */
const computedValues = 2 ** 13;
const computedSpecs = 108;
/** What half precision must explain bit by bit, and by how much more than careful arithmetic. */
const leastEqual = 0.7;
const clearlyMore = 0.1;
/** The order of operations changes more bits than eps does; what has this part of the best one's is not told from it. */
const notTold = 0.5;

/**
 * Conventions whose y comes out bit by bit where statistics are taken in the half precision that x and y have, as
 * `computedForward` emulates it; rows whose squares overflowed come out as their bias then.
 *
 * @param careful share of values that comes out with statistics in a wider format, 0 to 1
 * @returns       specs with the compute dtype and cast order; nothing unless they explain clearly more
 */
export function halfGuesses(
  normCase: NormCase,
  precision: Precision,
  structures: readonly NormStructure[],
  dtype: SmallFloatDtype,
  careful: number,
): Guess[] {
  if (structures.length === 0 || (dtype !== 'float16' && dtype !== 'bfloat16') || normCase.x.dtype !== dtype) {
    return [];
  }
  const part = leadingPart({ ...normCase, spec: structures[0].spec }, computedValues) ?? normCase;
  const x = toFloat64(part.x);
  const y = toFloat64(part.output!);
  const finite = y.reduce((count, value) => count + (Number.isFinite(value) ? 1 : 0), 0);
  const { guesses } = givenGuesses(normCase, precision, structures, precision.unit);
  const limit = hopelessScore(precision);
  const promising = guesses
    .filter(({ score, biasApplied }) => score <= limit && biasApplied)
    .filter(({ spec }) => usualEps.includes(spec.eps) && affineFits(spec, normCase))
    .toSorted((a, b) => Math.max(1, a.score) - Math.max(1, b.score))
    .slice(0, computedSpecs);
  const computed = promising.flatMap((guess) => {
    const { geometry } = guess.structure;
    const rows = Array.from({ length: y.length / geometry.cols }, (_, row) => row);
    const shift = featuresInRows(guess.structure, affineOf(normCase, guess).shift, rows);
    return (['after-weight', 'before-weight'] as const).map((castOrder) => {
      const spec = { ...guess.spec, computeDtype: dtype, castOrder };
      const found = computedForward(spec, part.x.shape, x, parametersOf(part), dtype).y;
      let equal = 0;
      let telling = 0;
      found.forEach((value, i) => {
        equal += value === y[i] ? 1 : 0;
        telling += value === y[i] && value !== shift[i] ? 1 : 0;
      });
      return { guess: { ...guess, spec }, equal: equal / finite, telling };
    });
  });
  const best = Math.max(0, ...computed.map(({ equal }) => equal));
  if (best < leastEqual || best < careful + clearlyMore) {
    return [];
  }
  // A value that is its bias alone tells that its row overflowed, and nothing of the norm.
  const mostTelling = Math.max(...computed.map(({ telling }) => telling));
  return computed.filter(({ telling }) => telling >= notTold * mostTelling).map(({ guess }) => guess);
}
