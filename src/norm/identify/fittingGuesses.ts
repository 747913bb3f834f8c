import { epsPlaces, usualEps } from './alternatives';
import { agreeingGuesses } from './bitAgreement';
import type { Guess } from './guess';
import { halfGuesses } from './halfGuesses';
import type { NormCase } from '../normCase';
import { defaultSpec, type NormSpec } from '../normSpec';
import type { NormStructures } from './normStructures';
import { narrowFormatOf, type Precision } from '../precision';
import { hasUsualEps, type Search } from './searchGuesses';
import { differingKeys } from '../specKeys';

/** Statistics in float32 or wider give more values of y bit by bit than this share. */
const mostlyEqual = 0.8;

/** The guesses that explain y, and those that do not. */
export interface SortedGuesses {
  /** The plainest first. */
  readonly fitting: readonly Guess[];
  /** Nearest first. */
  readonly others: readonly Guess[];
}

/**
 * Keeps of what was found the guesses that explain y: those whose residual is at most twice the smallest one, that bring as many
 * values of half precision bit by bit as any, and whose eps does not merely stand in for a usual one. Where careful statistics
 * leave bits of half precision unexplained, those in half precision take their place.
 */
export function fittingGuesses(
  normCase: NormCase,
  precision: Precision,
  { guesses, isExplained }: Search,
  { usual }: NormStructures,
): SortedGuesses {
  const narrow = narrowFormatOf(precision);
  const near = isExplained ? guesses.filter(({ score }) => score <= Math.max(1, 2 * guesses[0].score)) : [];
  const { agreeing, share } = agreeingGuesses(normCase, near, narrow);
  const inHalf = narrow && share < mostlyEqual ? halfGuesses(normCase, precision, usual, narrow, share) : [];
  const explaining = inHalf.length > 0 ? inHalf : agreeing;
  return {
    fitting: explaining
      .filter((guess) => !isNearUsual(guess, explaining))
      .toSorted((a, b) => rarity(a, normCase.spec) - rarity(b, normCase.spec)),
    others: guesses.filter((guess) => !near.includes(guess)),
  };
}

/** True for a fitted eps beside a usual one that explains y too: the fit only meant that one. */
function isNearUsual(guess: Guess, guesses: readonly Guess[]): boolean {
  const { eps, epsPlace } = guess.spec;
  const isNear = (other: Guess) =>
    hasUsualEps(other) && other.spec.epsPlace === epsPlace && Math.abs(Math.log(other.spec.eps / eps)) < 0.25;
  return !hasUsualEps(guess) && guesses.some(isNear);
}

/** How far a guess is from the convention that the case states, which is 0, or else from what PyTorch does by default. */
function rarity({ spec, biasApplied }: Guess, stated: NormSpec): number {
  if (biasApplied && differingKeys(spec, stated).length === 0) {
    return 0;
  }
  const { eps, epsPlace } = defaultSpec(spec.kind);
  const place = [epsPlace, ...epsPlaces.filter((other) => other !== epsPlace)].indexOf(spec.epsPlace);
  const size = [eps, ...usualEps.filter((other) => other !== eps)].indexOf(spec.eps);
  return (
    1 +
    (biasApplied ? 0 : 1000) +
    100 * spec.weightOffset +
    (spec.divisor === 'n' ? 0 : 200) +
    20 * place +
    (size < 0 ? 60 : size) +
    spec.axes.length / 16
  );
}
