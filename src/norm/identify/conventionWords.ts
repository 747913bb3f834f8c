import { formatExactly, formatNumber } from '../../tensor/formatNumber';
import { usualEps } from './alternatives';
import type { Guess } from './guess';
import { isChannelKind, squaresDeviations, type NormSpec } from '../normSpec';
import { axesWords, divisorWords, epsPlaceWords, kindNames } from '../specTerms';

/** What was found of a norm. */
export type FoundConvention = Pick<Guess, 'spec' | 'biasApplied' | 'recovered' | 'alpha'>;

/** A convention that was found, in one phrase: “LayerNorm over the last axis with ε 1e-5 inside the root and divisor N”. */
export function conventionWords({ spec, biasApplied, alpha }: FoundConvention): string {
  const { kind, eps, epsPlace, divisor, weightOffset, computeDtype } = spec;
  if (kind === 'dyt') {
    return `DyT, tanh(α x)${alpha === undefined ? '' : ` with α ${formatNumber(alpha)}`}`;
  }
  const size = usualEps.includes(eps) ? `ε ${formatExactly(eps)}` : `a fitted ε of ${formatNumber(eps)}`;
  const parts = [
    `${kindNames[kind]} ${rangeOf(spec)}`,
    kind === 'rms_norm' && squaresDeviations(spec) ? 'by the standard deviation (Keras’s rms_scaling)' : '',
    spec.partial < 1 ? `with statistics of the first ${formatExactly(spec.partial)} of each row` : '',
    eps === 0
      ? 'without ε'
      : `with ${size} ${epsPlace === 'clamp' ? `as ${epsPlaceWords.clamp}` : epsPlaceWords[epsPlace]}`,
    kind === 'l2_norm' || kind === 'scale_norm' ? '' : `and divisor ${divisorWords(divisor)}`,
    weightOffset === 1 ? 'times 1 + γ' : '',
    biasApplied ? '' : 'with the bias left out',
    computeDtype === 'float64' ? '' : `with statistics in ${computeDtype}`,
  ];
  return parts.filter(Boolean).join(' ');
}

function rangeOf({ kind, axes, channelAxis, numGroups, training }: NormSpec): string {
  if (isChannelKind(kind)) {
    const groups = kind === 'group_norm' ? `with ${numGroups} groups ` : '';
    const mode = kind === 'group_norm' ? '' : training ? 'in training ' : 'in evaluation ';
    return `${groups}${mode}of the channels of axis ${channelAxis}`;
  }
  return `over ${axesWords(axes)}`;
}
