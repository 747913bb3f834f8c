import { formatShape } from '../tensor/shape';
import { rowGeometry } from './geometry';
import { identifyBackward, type BackwardIdentification } from './identifyBackward';
import { identifySums, type SumIdentifications } from './identifySums';
import type { NormCase } from './normCase';
import type { NormSpec } from './normSpec';

/** What is found of every gradient that a case brings. */
export interface GradientIdentification extends SumIdentifications {
  /** The convention whose derivatives they were held against. */
  readonly spec: NormSpec;
  readonly gradInput?: BackwardIdentification;
}

/**
 * Finds how the gradients of a case were computed.
 *
 * A backward may follow another convention than the forward beside it, as where someone changed one of the two; of the
 * conventions given, each gradient is taken by the one that comes nearest to dx.
 *
 * @param specs the likeliest first; at least one
 * @returns     undefined if the case has no gradOutput, or brings no gradient
 * @throws      ShapeError if the tensors do not fit together
 */
export function identifyGradients(normCase: NormCase, specs: readonly NormSpec[]): GradientIdentification | undefined {
  const { gradOutput, gradInput, gradWeight, gradBias, gradAlpha } = normCase;
  if (gradOutput === undefined || (gradInput ?? gradWeight ?? gradBias ?? gradAlpha) === undefined) {
    return undefined;
  }
  // A norm over axes that its weight does not run along has no derivative that the engine knows.
  const usable = specs.filter((spec, i) => i === 0 || affineFits(spec, normCase));
  if (gradInput === undefined) {
    return { spec: specs[0], ...identifySums({ ...normCase, spec: specs[0] }) };
  }
  const trials = usable.map((spec) => ({ spec, gradInput: identifyBackward({ ...normCase, spec }) }));
  const best = trials.reduce((a, b) => (quality(b.gradInput) > quality(a.gradInput) ? b : a));
  return { ...best, ...identifySums({ ...normCase, spec: best.spec }) };
}

/** True if weight and bias run along what the spec normalizes, or along its channels. */
export function affineFits(spec: NormSpec, { x, weight, bias }: NormCase): boolean {
  const { affineShape } = rowGeometry(spec, x.shape);
  return [weight, bias].every((tensor) => !tensor || formatShape(tensor.shape) === formatShape(affineShape));
}

/** Right beats a named mistake, and that beats a factor, which another convention also looks like. */
function quality({ fitting }: BackwardIdentification): number {
  return Math.max(0, ...fitting.map(({ kind }) => (kind === 'full' ? 3 : kind === 'scaled' ? 1 : 2)));
}
