import { quantiles } from '../../norm/quantiles';
import { momentsOf, std } from '../../norm/moments';
import { formatNumber } from '../../tensor/formatNumber';
import { shownPlaces, type Finding } from './finding';
import type { NormSite } from './normSite';

/** The weights of one norm; all that is kept of it while the next ones are read. */
export interface SiteWeights {
  /** Name of the weight's tensor. */
  readonly name: string;
  readonly weight: Float64Array;
  readonly bias?: Float64Array;
  readonly biasName?: string;
  readonly weightOffset: 0 | 1;
  readonly hasOutput: boolean;
}

/** The weights of a norm; undefined where it has none, or a single one. */
export function weightsOf({ names, parameters, normCase }: NormSite): SiteWeights | undefined {
  const { weight, bias } = parameters;
  return weight === undefined || weight.length < 2
    ? undefined
    : {
        name: names.tensors.weight!,
        weight,
        bias,
        biasName: names.tensors.bias,
        weightOffset: normCase.spec.weightOffset,
        hasOutput: normCase.output !== undefined,
      };
}

/** Ours: a weight this much smaller than the median silences its feature. */
const deadShare = 1e-3;
/** Weights stored as offsets from one lie around zero (Gemma); plain ones around one or above. */
const offsetMean = 0.25;
/** The usual 3σ rule for outlier parameters of layer norms (after Kovaleva et al. 2021, 2105.06990) … */
const unusualDeviations = 3;
/** … and, ours, at one feature in at least so many of the norms, since by chance some weight is that far off in each. */
const unusualShare = 0.75;
const unusualMinSites = 4;

/** What the weights of the norms of a dump tell, each by itself and all together. */
export function weightFindings(sites: readonly SiteWeights[]): Finding[] {
  return [
    ...sites.flatMap(deadFeatures),
    ...sites.flatMap(offsetHint),
    ...folded(sites),
    ...unusual(
      sites.map(({ name, weight }) => ({ name, values: weight })),
      'weights',
    ),
    ...unusual(
      sites.flatMap(({ bias, biasName: name }) => (bias && name ? [{ name, values: bias }] : [])),
      'biases',
    ),
  ];
}

function deadFeatures({ name, weight, weightOffset }: SiteWeights): Finding[] {
  const magnitudes = weight.map((value) => Math.abs(value + weightOffset));
  const [median] = quantiles(magnitudes, [0.5]);
  const features = [...magnitudes.keys()].filter((feature) => magnitudes[feature] < deadShare * median);
  if (features.length === 0) {
    return [];
  }
  return [
    {
      severity: 'warning',
      code: 'dead-feature',
      tensor: name,
      where: { features: features.slice(0, shownPlaces) },
      message:
        `${features.length} of ${magnitudes.length} weights of ${name} are below a thousandth of the median ` +
        `${formatNumber(median)}, first feature ${features[0]}: nothing of these features passes.`,
      advice: 'Check whether these weights were pruned on purpose, or never trained.',
    },
  ];
}

function offsetHint({ name, weight, weightOffset, hasOutput }: SiteWeights): Finding[] {
  const { mean } = momentsOf(weight);
  // Where there is an output, it tells for certain.
  if (hasOutput || weightOffset === 1 || !(Math.abs(mean) < offsetMean)) {
    return [];
  }
  return [
    {
      severity: 'info',
      code: 'weight-offset',
      tensor: name,
      where: {},
      message: `The mean of ${name} is ${formatNumber(mean)}, as of weights that are stored as offsets from one (Gemma).`,
      advice: 'Check whether the norm multiplies by 1 + weight.',
    },
  ];
}

function folded(sites: readonly SiteWeights[]): Finding[] {
  const plain = sites.filter(
    ({ weight, bias, weightOffset }) =>
      weight.every((value) => value + weightOffset === 1) && (bias?.every((value) => value === 0) ?? true),
  );
  if (plain.length === 0) {
    return [];
  }
  return [
    {
      severity: 'info',
      code: 'weight-folded',
      tensor: plain[0].name,
      where: {},
      message:
        `${plain.length} of ${sites.length} norms scale by exactly 1 and shift by 0: they are untrained, or their weights were folded ` +
        `into the layers that follow.`,
      advice: 'Where weights were folded, compare this dump only with one that was folded likewise.',
    },
  ];
}

interface Parameter {
  readonly name: string;
  readonly values: Float64Array;
}

/** Features whose parameter stands out in most norms, of weights and of biases each. */
function unusual(parameters: readonly Parameter[], noun: string): Finding[] {
  const counts = new Map<number, Parameter[]>();
  for (const parameter of parameters) {
    const moments = momentsOf(parameter.values);
    const limit = unusualDeviations * std(moments);
    parameter.values.forEach((value, feature) => {
      if (Math.abs(value - moments.mean) > limit) {
        counts.set(feature, [...(counts.get(feature) ?? []), parameter]);
      }
    });
  }
  const features = [...counts.keys()]
    .filter((feature) => counts.get(feature)!.length >= Math.max(unusualMinSites, unusualShare * parameters.length))
    .sort((a, b) => a - b);
  if (features.length === 0) {
    return [];
  }
  const [first] = features;
  return [
    {
      severity: 'info',
      code: 'unusual-weight',
      tensor: counts.get(first)![0].name,
      where: { features: features.slice(0, shownPlaces) },
      message:
        `The ${noun} of feature${features.length === 1 ? '' : 's'} ${features.slice(0, 8).join(', ')} lie more than ${unusualDeviations} ` +
        `standard deviations from the mean in ${counts.get(first)!.length} of ${parameters.length} norms; such features carry much of what a ` +
        `trained transformer does, and are hard to quantize.`,
      advice: 'Leave these features out of pruning and quantization.',
    },
  ];
}
