import { elementCount } from '../../tensor/shape';
import { usualEps } from './alternatives';
import { gradientsHold } from '../gradientsHold';
import { identify } from './identify';
import { leadingPart } from '../leadingPart';
import type { NormCase } from '../normCase';
import { defaultSpec, isChannelKind, type NormSpec } from '../normSpec';
import { isExplained } from './outputTrial';

/** Values that tell a convention; identify takes some ten passes over them. */
const fewValues = 2 ** 15;
/** Statistics of a batch cannot be taken of a part of it. */
const manyValues = 2 ** 20;

/**
 * The convention of a case whose own is only guessed: another usual one where the output was made by that, as the RMSNorm that
 * libraries call "input_layernorm" or a batch_norm in training. One that would be a mistake (a divisor of N − 1, the wrong
 * axes, the bias left out) is never settled on, nor one that the recorded gradients deny where they are those of the guess:
 * that is for a person to hear of.
 *
 * @returns undefined where the output does not tell, or there is none
 */
export function settledSpec(normCase: NormCase): NormSpec | undefined {
  const { spec, x, output } = normCase;
  const part = leadingPart(normCase, fewValues) ?? (elementCount(x.shape) <= manyValues ? normCase : undefined);
  if (output === undefined || part === undefined || elementCount(x.shape) === 0) {
    return undefined;
  }
  if (isExplained(part)) {
    return spec;
  }
  const { best } = identify(part);
  const isUsual =
    best !== undefined &&
    best.biasApplied &&
    best.recovered === undefined &&
    best.spec.computeDtype === defaultSpec(best.spec.kind).computeDtype &&
    usualEps.includes(best.spec.eps) &&
    best.spec.divisor === 'n' &&
    best.spec.epsPlace === 'inside' &&
    (isChannelKind(best.spec.kind) || best.spec.axes.join() === spec.axes.join());
  if (!isUsual || (gradientsHold(normCase) && !gradientsHold({ ...normCase, spec: best.spec }))) {
    return undefined;
  }
  return best.spec;
}
