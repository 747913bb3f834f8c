import { formatNumber } from '../tensor/formatNumber';
import type { Convention } from './conventionDifference';
import { isCentred, squaresDeviations, type NormSpec } from './normSpec';
import { axesWords, epsPlaceWords, kindNames, specTerms } from './specTerms';

/** One part of a convention, and how far changing it alone moves y at most. */
export interface KeyEffect {
  readonly key: keyof NormSpec | 'evaluation';
  readonly maxAbs: number;
}

/** The row in which two conventions are furthest apart, as the first sees it. */
export interface WorstRow {
  readonly row: number;
  readonly mean: number;
  readonly variance: number;
  readonly cols: number;
}

type Sentence = (a: NormSpec, b: NormSpec, worst: WorstRow) => string;

/** ε's share of what the row is divided by, or what takes its place. */
function epsShare({ eps, epsPlace }: NormSpec, { variance }: WorstRow): string {
  const std = Math.sqrt(variance);
  if (epsPlace === 'clamp') {
    return std < eps ? 'all' : 'none';
  }
  return `${formatNumber((100 * eps) / ((epsPlace === 'inside' ? variance : std) + eps))} %`;
}

/** What stands under the root of a spec, in the worst row. */
function momentWords(spec: NormSpec, { variance }: WorstRow): string {
  return `${momentName(spec)} ${formatNumber(variance)}`;
}

function momentName(spec: NormSpec): string {
  const isSum = spec.kind === 'l2_norm' || spec.kind === 'scale_norm';
  return isSum ? 'sum of squares' : squaresDeviations(spec) ? 'variance' : 'mean square';
}

function spreadWords({ mean, variance }: WorstRow, spec: NormSpec): string {
  return isCentred(spec.kind)
    ? `has mean ${formatNumber(mean)} at a standard deviation of ${formatNumber(Math.sqrt(variance))}`
    : `has a ${momentName(spec)} of ${formatNumber(variance)}`;
}

/** “the first …, the second …” */
function each(a: string, b: string): string {
  return `the first ${a}, the second ${b}`;
}

/** What each part does, and what in the row makes it show. */
const sentences: { readonly [key in keyof NormSpec]?: Sentence } = {
  kind: (a, b, worst) =>
    rangeWords(a) === rangeWords(b)
      ? statisticWords(a, b, worst)
      : `${kindNames[a.kind]} normalizes ${rangeWords(a)}, ${kindNames[b.kind]} ${rangeWords(b)}` +
        (isCentred(a.kind) === isCentred(b.kind) ? '' : `; ${statisticWords(a, b, worst)}`),
  axes: (a, b) => each(`normalizes over ${axesWords(a.axes)}`, `over ${axesWords(b.axes)}`),
  channelAxis: (a, b) => each(`has its channels along axis ${a.channelAxis}`, `along axis ${b.channelAxis}`),
  numGroups: (a, b) => each(`cuts the channels into ${groupWords(a.numGroups)}`, `into ${groupWords(b.numGroups)}`),
  eps: (a, b, worst) =>
    `ε is ${specTerms.eps.value(a)} in the first and ${specTerms.eps.value(b)} in the second; in row ${worst.row}, of ` +
    `${momentWords(a, worst)}, it makes up ${epsShare(a, worst)} against ${epsShare({ ...a, eps: b.eps }, worst)} of what ` +
    'is divided by',
  epsPlace: (a, b, worst) =>
    `ε is ${epsPlaceWords[a.epsPlace]} in the first and ${epsPlaceWords[b.epsPlace]} in the second, which shows where ` +
    `the ${momentName(a)} is small: in row ${worst.row} it is ${formatNumber(worst.variance)}`,
  divisor: (a, b, { cols }) =>
    `the squares are divided by ${specTerms.divisor.value(a)} in the first and ${specTerms.divisor.value(b)} in the second: ` +
    `a factor of √(${cols - 1} / ${cols}) in every row`,
  secondMoment: (a, b, { row, mean, variance }) =>
    `${each(`divides by the root of the ${specTerms.secondMoment.value(a)}`, `of the ${specTerms.secondMoment.value(b)}`)}; ` +
    `row ${row} has a ${momentName(a)} of ${formatNumber(variance)}${mean === 0 ? '' : ` and mean ${formatNumber(mean)}`}`,
  partial: (a, b) => each(`takes its mean square of ${partialWords(a.partial)}`, `of ${partialWords(b.partial)}`),
  weightOffset: (a, b) =>
    each(
      `multiplies by ${a.weightOffset === 1 ? '1 + weight' : 'weight'}`,
      `by ${b.weightOffset === 1 ? '1 + weight' : 'weight'}`,
    ),
  training: (a) =>
    a.training
      ? each('takes the statistics of the batch', 'the running ones')
      : each('takes the running statistics', 'those of the batch'),
  computeDtype: (a, b, worst) =>
    `${each(`computes in ${a.computeDtype}`, `in ${b.computeDtype}`)}; row ${worst.row} ${spreadWords(worst, a)}`,
  castOrder: (a) =>
    a.castOrder === 'before-weight'
      ? each('rounds x̂ to the dtype of x before it applies the weight', 'only the result')
      : each('rounds the result alone to the dtype of x', 'x̂ too, before it applies the weight'),
};

/** What another order of evaluation does: all orders round differently, and that of the fast variance cancels. */
function evaluationWords(a: Convention, b: Convention, worst: WorstRow): string {
  const row = `row ${worst.row} ${spreadWords(worst, a.spec)}`;
  const fast = [a, b].findIndex(({ evaluation }) => evaluation === 'flax-fast-variance');
  return fast >= 0 && isCentred(a.spec.kind)
    ? `the ${fast === 0 ? 'first' : 'second'} takes the variance as E[x²] − E[x]², of which rounding leaves little where the ` +
        `mean is far above the spread; ${row}`
    : `they take their sums in different orders, which rounds differently; ${row}`;
}

/** What two kinds take off a row and divide it by. */
function statisticWords(a: NormSpec, b: NormSpec, worst: WorstRow): string {
  if (isCentred(a.kind) === isCentred(b.kind)) {
    return `${kindNames[a.kind]} divides by the root of the ${momentName(a)}, ${kindNames[b.kind]} of the ${momentName(b)}`;
  }
  const [centring, other] = isCentred(a.kind) ? [a, b] : [b, a];
  return `${kindNames[centring.kind]} subtracts the mean and ${kindNames[other.kind]} does not; row ${worst.row} ${spreadWords(worst, a)}`;
}

/** Which values a norm takes together. */
function rangeWords({ kind, axes, channelAxis, numGroups }: NormSpec): string {
  const channels = `along axis ${channelAxis}`;
  switch (kind) {
    case 'batch_norm':
      return `each channel ${channels} over the whole batch`;
    case 'instance_norm':
      return `each channel ${channels} of each sample`;
    case 'group_norm':
      return `${groupWords(numGroups)} of the channels ${channels} of each sample`;
    default:
      return `over ${axesWords(axes)}`;
  }
}

function groupWords(count: number): string {
  return count === 1 ? '1 group' : `${count} groups`;
}

function partialWords(partial: number): string {
  return partial === 1 ? 'the whole row' : `the first ${formatNumber(100 * partial)} % of the row`;
}

/**
 * One sentence on why two conventions differ on this data.
 *
 * @param effects of the parts in which they differ, largest first
 * @param worst   absent if no element differs
 */
export function reasonFor(
  a: Convention,
  b: Convention,
  effects: readonly KeyEffect[],
  worst: WorstRow | undefined,
): string {
  if (worst === undefined) {
    return effects.length === 0
      ? 'They are the same convention.'
      : `They differ in ${listed(effects)}, which does not show on this data.`;
  }
  const [main] = effects.filter(
    ({ maxAbs, key }) => maxAbs !== 0 && (key === 'evaluation' || sentences[key] !== undefined),
  );
  if (main === undefined) {
    return `They differ in ${listed(effects)} together; none of it alone does.`;
  }
  const others = effects.filter(({ key, maxAbs }) => key !== main.key && maxAbs !== 0);
  const rest = others.length === 0 ? '' : ` Less comes from ${listed(others)}.`;
  const why = main.key === 'evaluation' ? evaluationWords(a, b, worst) : sentences[main.key]!(a.spec, b.spec, worst);
  return `They differ because ${why}.${rest}`;
}

function listed(effects: readonly KeyEffect[]): string {
  const names = effects.map(({ key }) =>
    key === 'evaluation' ? 'the order of evaluation' : key === 'eps' ? 'ε' : `the ${specTerms[key].name}`,
  );
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
