import { epsPlaces, usualEps } from './alternatives';
import { denominatorOf, usualDenominators, type Denominator } from './denominators';
import type { NormSpec } from '../normSpec';
import type { RowFit } from './rowFits';

/**
 * Every divisor and eps of a norm, the usual ones and a fitted one, with how well each explains the factors of the rows.
 *
 * @param base     what the rows were fitted under, with divisor n
 * @param cols     values in a row
 * @param divisors those to try
 * @returns        score is the root mean square over the rows of the residual in units of the noise; nothing without rows
 */
export function scoredSpecs(
  base: NormSpec,
  cols: number,
  fits: readonly RowFit[],
  divisors: readonly NormSpec['divisor'][],
): { spec: NormSpec; score: number }[] {
  if (fits.length === 0) {
    return [];
  }
  const trial = (denominator: Denominator) => ({
    spec: { ...base, ...denominator },
    score: scoreOf(fits, (std) => 1 / denominatorOf(denominator, std, cols)),
  });
  const fitted = divisors.flatMap((divisor) =>
    epsPlaces.map((epsPlace) => ({ divisor, epsPlace, eps: fittedEps(epsPlace, divisor, cols, fits) })),
  );
  return [...usualDenominators(divisors), ...fitted.filter(({ eps }) => !usualEps.includes(eps))].map(trial);
}

/** The one factor that comes nearest to all rows, as if nothing were normalized, and how near. */
export function plainFactor(fits: readonly RowFit[]): { factor: number; score: number } {
  let products = 0;
  let total = 0;
  for (const { rstd, energy, noise } of fits) {
    products += (rstd * energy) / noise;
    total += energy / noise;
  }
  const factor = products / total;
  return { factor, score: scoreOf(fits, () => factor) };
}

function scoreOf(fits: readonly RowFit[], factorOf: (std: number) => number): number {
  let sum = 0;
  for (const { std, rstd, energy, residual, noise } of fits) {
    sum += (residual + (factorOf(std) - rstd) ** 2 * energy) / noise;
  }
  return Math.sqrt(sum / fits.length);
}

/** The eps nearest to the rows' factors: a mean in which each row counts by how sharply it shows eps. */
function fittedEps(
  place: NormSpec['epsPlace'],
  divisor: NormSpec['divisor'],
  cols: number,
  fits: readonly RowFit[],
): number {
  let sum = 0;
  let total = 0;
  for (const { std: ofN, rstd } of fits) {
    const std = denominatorOf({ eps: 0, epsPlace: 'inside', divisor }, ofN, cols);
    const isClamped = 1 / rstd > std * (1 + 1e-3);
    if (rstd > 0 && (place !== 'clamp' || isClamped)) {
      const weight = place === 'inside' ? rstd ** 4 : rstd ** 2;
      sum += weight * (place === 'inside' ? rstd ** -2 - std ** 2 : 1 / rstd - (place === 'outside' ? std : 0));
      total += weight;
    }
  }
  return total > 0 ? Math.max(0, sum / total) : 0;
}
