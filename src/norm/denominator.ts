import type { NormSpec } from './normSpec';

/**
 * D, what the centred values of a row are divided by.
 *
 *   √(V + eps) (inside), √V + eps (outside), max(√V, eps) (clamp)
 *
 * For V within the range of float64; `RowNormalizer` also divides rows whose squares leave it.
 *
 * @param variance V, in units of x squared
 */
export function denominator({ eps, epsPlace }: Pick<NormSpec, 'eps' | 'epsPlace'>, variance: number): number {
  switch (epsPlace) {
    case 'inside':
      return Math.sqrt(variance + eps);
    case 'outside':
      return Math.sqrt(variance) + eps;
    case 'clamp':
      return Math.max(Math.sqrt(variance), eps);
  }
}
