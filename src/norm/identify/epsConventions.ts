import type { NormSpec } from '../normSpec';

/** ε, where it stands and what the sum of squares is divided by: all that the factor of a row depends on besides its variance. */
export type Denominator = Pick<NormSpec, 'eps' | 'epsPlace' | 'divisor'>;

/** The values of eps that libraries use, the machine epsilons of float32 and float64 included; the likeliest first. */
export const usualEps = [1e-5, 1e-6, 1e-12, 1e-3, 1e-8, 1e-4, 2 ** -23, 2 ** -52, 0];

/** The places that eps has, the likeliest first. */
export const epsPlaces = ['inside', 'outside', 'clamp'] as const;

/** Every usual eps in every place; without eps the places are one. */
export function usualDenominators(divisors: readonly NormSpec['divisor'][]): Denominator[] {
  return divisors.flatMap((divisor) =>
    epsPlaces.flatMap((epsPlace) =>
      usualEps.filter((eps) => eps > 0 || epsPlace === 'inside').map((eps) => ({ eps, epsPlace, divisor })),
    ),
  );
}

/**
 * D, what a row is divided by.
 *
 * @param std  √V with divisor n, or undivided for l2_norm and scale_norm
 * @param cols values in a row
 */
export function denominatorOf({ eps, epsPlace, divisor }: Denominator, std: number, cols: number): number {
  const own = divisor === 'n' ? std : std * Math.sqrt(cols / (cols - 1));
  switch (epsPlace) {
    case 'inside':
      return Math.sqrt(own * own + eps);
    case 'outside':
      return own + eps;
    case 'clamp':
      return Math.max(own, eps);
  }
}
