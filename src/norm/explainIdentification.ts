import type { Candidate } from './identify';
import type { NormCase } from './normCase';
import { isChannelKind, trailingAxes, type NormSpec } from './normSpec';

type Guess = Pick<Candidate, 'spec' | 'biasApplied' | 'recovered'>;

/**
 * Says in words what an identification found, what it leaves open, and which data would decide.
 *
 * @param candidates all that were measured, nearest first
 * @param fitting    those that explain y, the most usual first
 */
export function explainIdentification(
  { weight, bias }: NormCase,
  candidates: readonly Candidate[],
  fitting: readonly Guess[],
): string {
  const unknown = [weight ? '' : 'weight', bias ? '' : 'bias'].filter(Boolean).join(' and ');
  const taken = unknown
    ? ` No ${unknown} is known; ${isRecovered(fitting) ? recoveredWords(weight !== undefined) : 'the norm was taken to have none.'}`
    : '';
  if (candidates.length === 0) {
    return `No row of x and y is finite and varies, so that nothing can be told from this data.${taken}`;
  }
  const { rowsJudged, rows } = candidates[0];
  const assumption =
    rowsJudged === rows
      ? taken
      : ` Only ${rowsJudged} of ${rows} rows could be judged; the others hold NaN or Inf, or are constant.${taken}`;
  if (fitting.length === 0) {
    const [{ spec, biasApplied, relError }] = candidates;
    return (
      `No convention that was tried explains y; the nearest, ${described({ spec, biasApplied })}, ` +
      `is off by ${relError.toPrecision(3)} of ‖y‖.${assumption}`
    );
  }
  const open = openAspects(fitting);
  const best = `y is ${described(fitting[0])}`;
  if (open.length === 0) {
    return `${best}; no other convention that was tried explains it to rounding.${assumption}`;
  }
  return (
    `${best}, but ${fitting.length} conventions explain it to rounding: this data cannot tell ${open.join(', ')} apart. ` +
    `Rows of very different variance, some near eps, and a mean far from zero would decide.${assumption}`
  );
}

function isRecovered(fitting: readonly Guess[]): boolean {
  return fitting.length > 0 && fitting[0].recovered !== undefined;
}

function recoveredWords(knowsWeight: boolean): string {
  return knowsWeight
    ? 'it was recovered from the data.'
    : 'what is missing was recovered from the data. The weight itself would tell divisor n from n − 1, and weight from 1 + weight.';
}

function described({ spec, biasApplied }: Guess): string {
  return [
    spec.kind,
    rangeOf(spec),
    `with eps ${spec.eps} ${placeWords[spec.epsPlace]}`,
    spec.kind === 'l2_norm' || spec.kind === 'scale_norm' ? '' : `and divisor ${spec.divisor}`,
    spec.weightOffset === 1 ? 'times 1 + weight' : '',
    biasApplied ? '' : 'with the bias left out',
  ]
    .filter(Boolean)
    .join(' ');
}

function rangeOf({ kind, axes, channelAxis, numGroups, training }: NormSpec): string {
  if (isChannelKind(kind)) {
    const groups = kind === 'group_norm' ? `with ${numGroups} groups ` : '';
    const mode = kind === 'group_norm' ? '' : training ? 'in training ' : 'in evaluation ';
    return `${groups}${mode}of the channels of axis ${channelAxis}`;
  }
  const isTrailing = axes.join() === trailingAxes(axes.length).join();
  return isTrailing
    ? `over the last ${axes.length === 1 ? 'axis' : `${axes.length} axes`}`
    : `over axis ${axes.join(', ')}`;
}

const placeWords: Readonly<Record<NormSpec['epsPlace'], string>> = {
  inside: 'inside the root',
  outside: 'outside the root',
  clamp: 'as a clamp',
};

function openAspects(fitting: readonly Guess[]): string[] {
  const aspects: [string, (guess: Guess) => unknown][] = [
    ['the kind', ({ spec }) => spec.kind],
    ['the axes', ({ spec }) => [spec.axes, spec.channelAxis, spec.numGroups, spec.training].join()],
    ['eps', ({ spec }) => spec.eps],
    ['the place of eps', ({ spec }) => spec.epsPlace],
    ['the divisor', ({ spec }) => spec.divisor],
    ['weight and 1 + weight', ({ spec }) => spec.weightOffset],
    ['whether the bias is applied', ({ biasApplied }) => biasApplied],
  ];
  return aspects.filter(([, of]) => new Set(fitting.map(of)).size > 1).map(([name]) => name);
}
