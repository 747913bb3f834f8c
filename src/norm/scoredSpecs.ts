import type { NormSpec } from './normSpec';
import type { RowFit } from './rowFits';

/** The values of eps that libraries use, the machine epsilons of float32 and float64 included. */
export const usualEps = [1e-5, 1e-6, 1e-12, 1e-3, 1e-8, 1e-4, 2 ** -23, 2 ** -52, 0];

/**
 * Every divisor and eps of a norm, with how well each explains the factors of the rows.
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
  const guesses: { spec: NormSpec; score: number }[] = [];
  for (const divisor of divisors) {
    const factor = divisor === 'n' ? 1 : cols / (cols - 1);
    for (const epsPlace of ['inside', 'outside', 'clamp'] as const) {
      const trial = (eps: number) => {
        const spec: NormSpec = { ...base, eps, epsPlace, divisor };
        return { spec, score: scoreOf(spec, factor, fits) };
      };
      const usual = usualEps.map(trial);
      const isExplained = usual.some(({ score }) => score <= 1);
      guesses.push(...usual, ...(isExplained ? [] : [trial(fittedEps(epsPlace, factor, fits))]));
    }
  }
  return guesses;
}

function scoreOf({ eps, epsPlace }: NormSpec, factor: number, fits: readonly RowFit[]): number {
  let sum = 0;
  for (const { variance, rstd, energy, residual, noise } of fits) {
    const std = Math.sqrt(variance * factor);
    const denominator =
      epsPlace === 'inside'
        ? Math.sqrt(variance * factor + eps)
        : epsPlace === 'outside'
          ? std + eps
          : Math.max(std, eps);
    sum += (residual + (1 / denominator - rstd) ** 2 * energy) / noise;
  }
  return Math.sqrt(sum / fits.length);
}

/** The eps nearest to the rows' factors: a mean in which each row counts by how sharply it shows eps. */
function fittedEps(place: NormSpec['epsPlace'], factor: number, fits: readonly RowFit[]): number {
  let sum = 0;
  let total = 0;
  for (const { variance, rstd } of fits.filter((fit) => fit.rstd > 0)) {
    const std = Math.sqrt(variance * factor);
    const isClamped = 1 / rstd > std * (1 + 1e-3);
    const weight = place === 'inside' ? rstd ** 4 : place === 'outside' || isClamped ? rstd ** 2 : 0;
    sum += weight * (place === 'inside' ? rstd ** -2 - variance * factor : 1 / rstd - (place === 'outside' ? std : 0));
    total += weight;
  }
  return total > 0 ? Math.max(0, sum / total) : 0;
}
