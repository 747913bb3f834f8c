import { unitOf } from '../../norm/precision';
import { quantiles } from '../../norm/quantiles';
import { formatNumber } from '../../tensor/formatNumber';
import { elementCount } from '../../tensor/shape';
import { shownPlaces, type Finding } from './finding';
import type { TensorScan } from './tensorScan';

/** Ours: a feature that varies this much less than the median one is the same for all tokens. */
const deadShare = 1e-6;
/** Ours: a few tokens may agree by chance. */
const minTokens = 8;

/**
 * Features of the inputs of norms that are the same for all tokens, at the first tensor in which they are. Tensors without a
 * negative number are left out: of what a ReLU has passed, few tokens show only some features.
 *
 * @param inputs of norms over the last axis, in the order of the network
 */
export function deadFeatures(inputs: readonly TensorScan[]): Finding[] {
  const known = new Set<string>();
  return inputs.flatMap((scan) => {
    const width = scan.featureRange.length;
    const features = constantFeatures(scan).filter((feature) => !known.has(`${width} ${feature}`));
    features.forEach((feature) => known.add(`${width} ${feature}`));
    return features.length === 0 ? [] : [deadFinding(scan, features)];
  });
}

function constantFeatures({ ref, moments, featureRange, absMax }: TensorScan): number[] {
  const tokens = elementCount(ref.shape) / featureRange.length;
  const [median] = quantiles(featureRange, [0.5]);
  // What varies less than the format resolves looks constant in it.
  const isResolved = unitOf(ref.dtype) * absMax < median;
  return tokens < minTokens || !(moments.min < 0) || !isResolved
    ? []
    : [...featureRange.keys()].filter((feature) => featureRange[feature] < deadShare * median);
}

function deadFinding({ ref, featureRange }: TensorScan, features: readonly number[]): Finding {
  const [median] = quantiles(featureRange, [0.5]);
  return {
    severity: 'warning',
    code: 'dead-feature',
    tensor: ref.name,
    where: { features: features.slice(0, shownPlaces) },
    message:
      `${features.length} of ${featureRange.length} features of ${ref.name} are the same for all tokens to a millionth of what the median ` +
      `feature spans, ${formatNumber(median)}; first feature ${features[0]}. They tell nothing of the tokens.`,
    advice: 'Check whether these features were pruned on purpose, or what makes them is never trained or saturated.',
  };
}
