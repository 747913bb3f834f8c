import { toFloat64 } from '../../tensor/tensor';
import { FiniteRows } from './finiteRows';
import type { Guesses } from './guess';
import type { NormCase } from '../normCase';
import type { NormStructure } from './normStructures';
import { parametersOf } from '../parameters';
import type { Precision } from '../precision';
import { hopelessScore } from './roundingNoise';

/** So many values tell whether a structure is worth a look at all of them. */
const sampleValues = 2 ** 14;

/**
 * Tries every structure on a sample of its rows, and on all those that may explain them; where there is none, the one that comes
 * nearest.
 */
export function guessesOfPromising(
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
