import { isCentred, type NormSpec } from './normSpec';
import { shortNumber } from './shortNumber';

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

/** ε's share of what the row is divided by. */
function epsShare({ eps }: NormSpec, { variance }: WorstRow): string {
  return `${shortNumber((100 * eps) / (variance + eps))} %`;
}

/** What each part does, and what in the row makes it show. */
const sentences: { readonly [key in KeyEffect['key']]?: Sentence } = {
  kind: (a, b, { row, mean, variance }) =>
    isCentred(a.kind) === isCentred(b.kind)
      ? `one is ${a.kind}, the other ${b.kind}`
      : `${isCentred(a.kind) ? a.kind : b.kind} subtracts the mean and ${isCentred(a.kind) ? b.kind : a.kind} does not; ` +
        `row ${row} has mean ${shortNumber(mean)} at ${isCentred(a.kind) ? 'variance' : 'mean square'} ${shortNumber(variance)}`,
  axes: (a, b) => `the axes ${a.axes.join(', ')} are normalized together by one, ${b.axes.join(', ')} by the other`,
  channelAxis: (a, b) => `the channels lie along axis ${a.channelAxis} for one, ${b.channelAxis} for the other`,
  numGroups: (a, b) => `the channels are cut into ${a.numGroups} groups by one, ${b.numGroups} by the other`,
  eps: (a, b, worst) =>
    `ε is ${a.eps} against ${b.eps}; in row ${worst.row}, of variance ${shortNumber(worst.variance)}, it makes up ` +
    `${epsShare(a, worst)} against ${epsShare(b, worst)} of what is divided by`,
  epsPlace: (a, b, { row, variance }) =>
    `ε stands ${placeWords[a.epsPlace]} in one and ${placeWords[b.epsPlace]} in the other, which shows where the variance is ` +
    `small: row ${row} has ${shortNumber(variance)}`,
  divisor: (a, b, { cols }) =>
    `the squares are divided by ${a.divisor} in one and ${b.divisor} in the other: a factor of √(${cols - 1} / ${cols}) in ` +
    'every row',
  weightOffset: (a) =>
    `${a.weightOffset === 1 ? 'the first multiplies by 1 + weight, the second' : 'the second multiplies by 1 + weight, the first'} by the weight itself`,
  training: () => 'one takes the statistics of the batch, the other the running ones',
  computeDtype: (a, b, { row, mean, variance }) =>
    `one computes in ${a.computeDtype}, the other in ${b.computeDtype}; row ${row} has mean ${shortNumber(mean)} at a standard ` +
    `deviation of ${shortNumber(Math.sqrt(variance))}`,
  castOrder: () => 'one rounds x̂ before the weight is applied, the other only the result',
  evaluation: (_, __, { row, mean, variance }) =>
    `they take their sums in different orders, which rounds differently; row ${row} has mean ${shortNumber(mean)} at a standard ` +
    `deviation of ${shortNumber(Math.sqrt(variance))}`,
};

const placeWords: Readonly<Record<NormSpec['epsPlace'], string>> = {
  inside: 'inside the root',
  outside: 'outside the root',
  clamp: 'as a clamp',
};

/**
 * One sentence on why two conventions differ on this data.
 *
 * @param effects of the parts in which they differ, largest first
 * @param worst   absent if no element differs
 */
export function reasonFor(
  a: NormSpec,
  b: NormSpec,
  effects: readonly KeyEffect[],
  worst: WorstRow | undefined,
): string {
  if (worst === undefined) {
    return effects.length === 0
      ? 'They are the same convention.'
      : `They differ in ${listed(effects.map(({ key }) => key))}, but not on this data.`;
  }
  const [main] = effects.filter(({ maxAbs, key }) => maxAbs !== 0 && sentences[key] !== undefined);
  if (main === undefined) {
    return `They differ in ${listed(effects.map(({ key }) => key))} together; none of it alone does.`;
  }
  const others = effects.filter(({ key, maxAbs }) => key !== main.key && maxAbs !== 0);
  const rest = others.length === 0 ? '' : ` Less of it comes from ${listed(others.map(({ key }) => key))}.`;
  return `They differ because ${sentences[main.key]!(a, b, worst)}.${rest}`;
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
