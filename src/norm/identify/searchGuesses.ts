import { usualEps } from './alternatives';
import { dytGuesses } from './dytGuesses';
import { givenGuesses } from './givenGuesses';
import type { Guess, Guesses } from './guess';
import type { NormCase } from '../normCase';
import type { NormStructure, NormStructures } from './normStructures';
import { narrowFormatOf, type Precision } from '../precision';
import { recoveredGuesses } from './recoveredGuesses';
import { explainedScore } from './roundingNoise';

/** What a search has found: every convention that was tried, best first, and whether one of them explains y. */
export interface Search extends Guesses {
  readonly isExplained: boolean;
}

interface Stage {
  readonly find: () => Guesses;
  /** True where an eps that was fitted does not end the search: a usual one may explain y under a structure that comes later. */
  readonly needsUsualEps?: boolean;
}

/** Up to so many values, structures that nobody uses are held beside those that explain y, in case they do so too. */
const smallValues = 2 ** 14;
/** Rows of half precision that an unusual eps may be fitted to. */
const minRows = 8;

/**
 * Looks for what explains y where it likeliest is: under the weight and bias of the case, taken as none where they are absent, then
 * under those that fit best, and at last as a tanh; each time under the usual structures first.
 */
export function searchGuesses(normCase: NormCase, precision: Precision, structures: NormStructures): Search {
  const { usual, unusual, twins } = structures;
  const isSmall = normCase.x.values.length <= smallValues;
  const given = (some: readonly NormStructure[]) => () => givenGuesses(normCase, precision, some);
  const recovered = (some: readonly NormStructure[]) => () => recoveredGuesses(normCase, precision, some);
  const stages: Stage[] = [
    ...(isSmall
      ? [{ find: given([...usual, ...unusual]) }]
      : [{ find: given(usual), needsUsualEps: true }, { find: given(unusual) }]),
    { find: recovered(usual) },
    { find: recovered([...unusual, ...twins]) },
  ];
  const limit = explainedScore(precision);
  const isNarrow = narrowFormatOf(precision) !== undefined;
  let search: Search = { guesses: [], isExplained: false };
  for (const stage of stages) {
    take(stage);
  }
  // What is x times a factor is the tanh of a small α too.
  if (search.plain === undefined) {
    take({ find: () => dytGuesses(normCase, precision) });
  }
  return { ...search, guesses: search.guesses.toSorted((a, b) => a.score - b.score) };

  function take({ find, needsUsualEps }: Stage): void {
    if (search.isExplained) {
      return;
    }
    const found = find();
    const plain = search.plain ?? found.plain;
    // Where one factor serves all rows, an eps far above their variances does so too, in any norm; and to few rows in half
    // precision some eps always fits.
    const showsEps = ({ rowsJudged }: Guess) => plain === undefined && !(isNarrow && rowsJudged < minRows);
    const guesses = [...search.guesses, ...found.guesses].filter((guess) => hasUsualEps(guess) || showsEps(guess));
    const isExplained = guesses.some((guess) => guess.score <= limit && (!needsUsualEps || hasUsualEps(guess)));
    search = { guesses, plain, isExplained };
  }
}

/** True unless its eps was fitted. */
export const hasUsualEps = ({ spec }: Guess) => usualEps.includes(spec.eps);
