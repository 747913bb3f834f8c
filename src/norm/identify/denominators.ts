import type { NormSpec } from '../normSpec';
import { epsPlaces, usualEps } from './alternatives';

/** ε, where it stands and what the sum of squares is divided by: all that the factor of a row depends on besides its variance. */
export type Denominator = Pick<NormSpec, 'eps' | 'epsPlace' | 'divisor'>;

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
