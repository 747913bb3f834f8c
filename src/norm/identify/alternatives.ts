import { trailingAxes, type NormKind, type NormSpec } from '../normSpec';
import { heldStatistics, type NormParameters } from '../parameters';

// What each part of a convention may be, the likeliest first: identification tries them together, and the findings on an
// output whose convention is stated one at a time.

/** The kinds of which one is taken for the other. */
export const layerKinds = ['layer_norm', 'rms_norm'] as const satisfies readonly NormKind[];

/** The values of eps that libraries use, the machine epsilons of float32 and float64 included. */
export const usualEps = [1e-5, 1e-6, 1e-12, 1e-3, 1e-8, 1e-4, 2 ** -23, 2 ** -52, 0];

/** The places that eps has. */
export const epsPlaces = ['inside', 'outside', 'clamp'] as const satisfies readonly NormSpec['epsPlace'][];

/**
 * What a sum of squares is divided by; one alone where it is not divided, or the other has no meaning.
 *
 * @param cols values in a row
 */
export function divisorsOf(spec: NormSpec, cols: number, parameters: NormParameters): readonly NormSpec['divisor'][] {
  const isLength = spec.kind === 'l2_norm' || spec.kind === 'scale_norm' || spec.kind === 'dyt';
  const isOne = isLength || cols === 1 || spec.partial < 1 || heldStatistics(spec, parameters) !== undefined;
  return isOne ? ['n'] : ['n', 'n-1'];
}

/** What is added to the weight, where there is one. */
export function weightOffsetsOf(weight: unknown): readonly NormSpec['weightOffset'][] {
  return weight ? [0, 1] : [0];
}

/** Whether the bias is applied, where there is one. */
export function biasUsesOf(bias: unknown): readonly boolean[] {
  return bias ? [true, false] : [true];
}

/** The axes that a norm of the last ones averages over by mistake: each single one, and every run from the first. */
export function mistakenAxes(rank: number): number[][] {
  const all = trailingAxes(rank);
  return [...all.map((axis) => [axis]), ...all.slice(1).map((_, i) => all.slice(0, i + 2))];
}
