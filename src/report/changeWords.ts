import type { NormSpec } from '../norm/normSpec';
import type { SingleChange } from '../norm/identify/singleChange';
import { divisorWords, kindNames } from '../norm/specTerms';
import { formatExactly } from '../tensor/formatNumber';

/**
 * In what a convention parts from the stated one, as the end of a sentence: "with ε 0.001 instead of 1e-5".
 *
 * @param shape of x
 */
export function changeWords(
  { change, spec }: Pick<SingleChange, 'change' | 'spec'>,
  stated: NormSpec,
  shape: readonly number[],
): string {
  switch (change) {
    case 'divisor':
      return `with the variance divided by ${divisorWords(spec.divisor)} instead of ${divisorWords(stated.divisor)}`;
    case 'epsPlace':
      return spec.epsPlace === 'outside'
        ? 'with ε added to the root instead of under it'
        : `with ε ${placeWords[spec.epsPlace]}`;
    case 'eps':
      return `with ε ${formatExactly(spec.eps)} instead of ${formatExactly(stated.eps)}`;
    case 'kind':
      return `as ${kindNames[spec.kind]}: the mean is ${spec.kind === 'rms_norm' ? 'not subtracted' : 'subtracted'}`;
    case 'weightOffset':
      return spec.weightOffset === 1
        ? 'scaled by 1 + weight instead of weight'
        : 'scaled by weight instead of 1 + weight';
    case 'bias':
      return 'with the bias left out';
    case 'axes':
      return `with mean and variance over ${axesWords(spec.axes, shape)} instead of ${axesWords(stated.axes, shape)}`;
  }
}

const placeWords: Readonly<Record<NormSpec['epsPlace'], string>> = {
  inside: 'under the root',
  outside: 'added to the root',
  clamp: 'as a lower bound of the root',
};

function axesWords(axes: readonly number[], shape: readonly number[]): string {
  const resolved = axes.map((axis) => (axis < 0 ? axis + shape.length : axis));
  return `${resolved.length === 1 ? 'axis' : 'axes'} ${resolved.join(', ')} (of length ${resolved.map((axis) => shape[axis]).join(' · ')})`;
}
