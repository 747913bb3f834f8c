import type { ChosenCandidates, GradientCandidate } from './gradientCandidate';

/** Says in words what a gradient turned out to be, or what this data leaves open and which would decide. */
export function explainCandidates<Kind extends string>({ fitting, candidates }: ChosenCandidates<Kind>): string {
  if (fitting.length === 0) {
    const [nearest] = candidates;
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

function described<Kind extends string>({ words, factor }: GradientCandidate<Kind>): string {
  return factor === 1 ? words : `${words}, times ${Number(factor.toPrecision(6))}`;
}
