import { formatExactly, formatNumber } from '../../tensor/formatNumber';
import type { Tensor } from '../../tensor/tensor';
import { usualEps } from './alternatives';
import { conventionWords, type FoundConvention } from './conventionWords';
import type { PlainScaling } from './guess';
import type { Candidate } from './identify';
import type { NormCase } from '../normCase';
import { isCentred } from '../normSpec';

/**
 * Says in words what an identification found, what it leaves open, and which data would decide.
 *
 * @param candidates all that were measured, nearest first
 * @param fitting    those that explain y, the most usual first
 * @param plain      how y comes out where nothing is normalized, if it does
 */
export function explainIdentification(
  normCase: NormCase,
  candidates: readonly Candidate[],
  fitting: readonly FoundConvention[],
  plain?: PlainScaling,
): string {
  if (fitting.length === 0 && normCase.output && repeats(normCase.output) && !repeats(normCase.x)) {
    return 'Every row of y is the same, though those of x are not: nothing of x is left in y to identify a norm from.';
  }
  const taken = assumption(normCase, fitting);
  if (fitting.length === 0 && plain) {
    return `${plainWords(plain)}${taken}`;
  }
  if (candidates.length === 0) {
    return `No row of x and y is finite and varies, so that nothing can be told from this data.${taken}`;
  }
  const { rowsJudged, rows } = candidates[0];
  const judged =
    rowsJudged === rows
      ? taken
      : ` Only ${rowsJudged} of ${rows} rows could be judged; the others hold NaN or Inf, are constant, or overflowed.${taken}`;
  if (fitting.length === 0) {
    const [nearest] = candidates;
    return (
      `No convention that was tried explains y; the nearest, ${conventionWords(nearest)}, ` +
      `is off by ${formatNumber(nearest.relError)} of ‖y‖.${judged}`
    );
  }
  const open = aspects.filter(({ of }) => new Set(fitting.map(of)).size > 1);
  const best = `y is ${conventionWords(fitting[0])}`;
  if (open.length === 0) {
    return `${best}; no other convention that was tried explains it to rounding.${judged}`;
  }
  const deciding = [...new Set(open.map(({ needs }) => needs))];
  const others = fitting.length === 2 ? 'one more convention rounds' : `${fitting.length - 1} more conventions round`;
  return (
    `${best}, and ${others} alike: this data cannot tell ` +
    `${listed(open.map(({ name }) => name))} apart${epsRange(fitting)}. To decide it takes ${listed(deciding)}.${judged}`
  );
}

/** Whether all rows of the last axis are equal, where there are several. */
function repeats({ shape, values }: Tensor): boolean {
  const cols = shape.at(-1) ?? 1;
  return values.length > cols && values.every((value, position) => value === values[position % cols]);
}

/** What was taken for the weight and bias that nobody gave. */
function assumption({ weight, bias }: NormCase, fitting: readonly FoundConvention[]): string {
  const unknown = [weight ? '' : 'weight', bias ? '' : 'bias'].filter(Boolean).join(' and ');
  if (unknown === '') {
    return '';
  }
  if (fitting[0]?.recovered === undefined) {
    return ` No ${unknown} is known; the norm was taken to have none.`;
  }
  return weight
    ? ` No ${unknown} is known; it was recovered from the data.`
    : ` No ${unknown} is known; what is missing was recovered from the data. ` +
        'The weight itself would tell a divisor of N from N − 1, and γ from 1 + γ.';
}

function plainWords({ structure: { spec, geometry }, factor }: PlainScaling): string {
  if (spec.kind === 'batch_norm' && factor === undefined) {
    return (
      'Each channel of y is x times a factor of its own plus a shift: a BatchNorm does that, and so does any other scaling. ' +
      'The weight would decide.'
    );
  }
  const source = isCentred(spec.kind) ? 'x − mean' : 'x';
  const scaled = factor === undefined ? `${source} times a weight` : `${source} times ${formatNumber(factor)}`;
  return geometry.rows === 1
    ? `The one row of y is ${scaled}: nothing shows that it was normalized. More rows, of very different variance, would decide.`
    : `Every row of y is ${scaled}, whatever its variance: nothing shows that it was normalized. ` +
        'Rows of very different variance would decide.';
}

/** What conventions part in, and the data that shows it. */
const aspects: readonly { name: string; of: (found: FoundConvention) => unknown; needs: string }[] = [
  {
    name: 'the kind',
    of: ({ spec }) => [spec.kind, spec.secondMoment, spec.partial].join(),
    needs: 'rows whose mean is far from zero',
  },
  {
    name: 'the axes',
    of: ({ spec }) => [spec.axes, spec.channelAxis, spec.numGroups, spec.training].join(),
    needs: 'more than one row, of different variances',
  },
  { name: 'ε', of: ({ spec }) => spec.eps, needs: 'rows whose variance is near ε' },
  {
    name: 'the place of ε',
    of: ({ spec }) => (spec.eps === 0 ? 'inside' : spec.epsPlace),
    needs: 'rows whose variance is near ε',
  },
  {
    name: 'where x̂ is rounded',
    of: ({ spec }) => spec.castOrder,
    needs: 'a weight that is not constant',
  },
  { name: 'the divisor', of: ({ spec }) => spec.divisor, needs: 'shorter rows or y in a wider format' },
  { name: 'γ and 1 + γ', of: ({ spec }) => spec.weightOffset, needs: 'a weight that is not constant' },
  { name: 'whether the bias is applied', of: ({ biasApplied }) => biasApplied, needs: 'a bias that is not zero' },
];

/** How large ε may be, where it is only known to be small. */
function epsRange(fitting: readonly FoundConvention[]): string {
  const inside = fitting.flatMap(({ spec: { eps, epsPlace } }) =>
    epsPlace === 'inside' && usualEps.includes(eps) ? [eps] : [],
  );
  const isSmall = inside.includes(0) && Math.max(...inside) > 0;
  return isSmall ? `: any ε up to ${formatExactly(Math.max(...inside))} under the root gives this y` : '';
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
