import type { ChosenCandidates, GradientCandidate } from './gradientCandidate';

/** Largest share of elements that may be at odds with what a gradient is said to be but for them. */
const oddShare = 1 / 4;

/** Says in words what a gradient turned out to be, or what this data leaves open and which would decide. */
export function explainCandidates<Kind extends string>({ fitting, candidates }: ChosenCandidates<Kind>): string {
  if (fitting.length === 0) {
    const [nearest] = candidates;
    const plain = candidates.filter(({ factor, off }) => factor === 1 && off.count <= oddShare * off.of);
    if (plain.length > 0) {
      return butFor(plain.reduce((a, b) => (b.off.count < a.off.count ? b : a)));
    }
    return (
      `It is none of the gradients that were tried; the nearest, ${described(nearest)}, ` +
      `is off by ${nearest.relError.toPrecision(3)} of its norm.`
    );
  }
  if (fitting.length === 1) {
    return `It is ${described(fitting[0])}.`;
  }
  const [first, ...others] = fitting.map(described);
  return (
    `It is ${first}, but this data cannot tell it from ${others.join(' or ')}. ` +
    'A random gradOutput, a weight that varies and a mean far from zero would decide.'
  );
}

/** Names what a gradient is in nearly all elements, and where it is not. */
function butFor<Kind extends string>({ words, off }: GradientCandidate<Kind>): string {
  const worst = `(${off.worst.join(', ')})`;
  if (off.count === 1) {
    return `It is ${words}, but for one element, at ${worst}.`;
  }
  const isShared = off.shared.some((index) => index !== undefined);
  const all = isShared ? `all at (${off.shared.map((index) => index ?? ':').join(', ')}), ` : '';
  return `It is ${words}, but for ${off.count} of ${off.of} elements, ${all}the worst at ${worst}.`;
}

function described<Kind extends string>({ words, factor }: GradientCandidate<Kind>): string {
  return factor === 1 ? words : `${words}, times ${Number(factor.toPrecision(6))}`;
}
