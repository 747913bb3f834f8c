import { ShapeError } from '../tensor/errors';
import { toFloat64, type Tensor } from '../tensor/tensor';
import { alphaSums } from './alphaSums';
import { affineSums, type AffineSum, type SumKind } from './affineSums';
import { explainCandidates } from './explainCandidates';
import { geometryOf } from './geometry';
import { CandidateTally, chooseCandidates, type ChosenCandidates, type GradientCandidate } from './gradientCandidate';
import { gradientLimit } from './gradientLimit';
import type { NormCase } from './normCase';
import { featureCount, parametersOf } from './parameters';
import { precisionOf } from './precision';
import { printedInputs } from './printedInputs';
import { inRowOrder } from './rowOrder';

/** What x, dy and the gradient of weight or bias tell of how it was summed. */
export interface SumIdentification extends ChosenCandidates<SumKind> {
  /** `unknown` if nothing that was tried fits. */
  readonly kind: SumKind;
  /** True unless one alone explains the gradient. */
  readonly ambiguous: boolean;
  readonly explanation: string;
}

/** What is found of the summed gradients that a case brings. */
export interface SumIdentifications {
  readonly gradWeight?: SumIdentification;
  readonly gradBias?: SumIdentification;
  readonly gradAlpha?: SumIdentification;
}

/**
 * Finds how the gradients of weight, bias and the α of a dyt that a case brings were summed from x and dy, as `identifyBackward`
 * finds it of dx; the ways are those of `affineSums` and `alphaSums`.
 *
 * @returns what the case brings; a gradient is absent where the case has none
 * @throws  ShapeError if the case has no gradOutput, or a tensor does not fit
 */
export function identifySums(normCase: NormCase): SumIdentifications {
  const { spec, x, gradOutput, gradWeight, gradBias, gradAlpha } = normCase;
  if (gradOutput === undefined) {
    throw new ShapeError('The case has no gradient of its output to identify sums of; name it.');
  }
  const geometry = geometryOf(normCase);
  const { rows, cols } = geometry;
  const values = inRowOrder(geometry, toFloat64(x));
  const dy = inRowOrder(geometry, toFloat64(gradOutput));
  const parameters = parametersOf(normCase);
  const sums = affineSums(spec, geometry, values, dy, parameters);
  const printed = printedInputs(normCase, geometry, values, dy);
  const terms = [(rows * cols) / featureCount(geometry), cols];
  return {
    gradWeight: gradWeight && identifySum(gradWeight, sums.gradWeight, terms, printed?.gradWeight),
    gradBias: gradBias && identifySum(gradBias, sums.gradBias, terms, printed?.gradBias),
    gradAlpha:
      gradAlpha && spec.kind === 'dyt'
        ? identifySum(gradAlpha, alphaSums(spec, geometry, values, dy, parameters), [rows * cols], undefined)
        : undefined,
  };
}

/**
 * Finds which of some sums a gradient is.
 *
 * @param gradient (features,)
 * @param sums     the right one first
 * @param terms    lengths of the sums that enter, for `gradientLimit`
 * @param printed  (features,): how far each element may be off besides, because its inputs were rounded in print
 */
export function identifySum(
  gradient: Tensor,
  sums: readonly AffineSum[],
  terms: readonly number[],
  printed: Float64Array | undefined,
): SumIdentification {
  const precision = precisionOf(gradient);
  const limit = gradientLimit(precision.unit, ...terms);
  const found = toFloat64(gradient);
  const absolute = found.map((_, i) => (precision.quantum + (printed?.[i] ?? 0)) / limit);
  const judge = (sum: AffineSum, factor: number) => judged(found, sum, factor, sums[0].scale, absolute, limit);
  // A single number is met by some factor, and by chance nearer than by the right sum.
  const isSingle = found.length === 1;
  const { fitting, candidates } = chooseCandidates(
    sums.map((sum) => judge(sum, 1)),
    () => (isSingle ? [] : sums.map((sum) => judge(sum, factorOf(found, sum, sums[0].scale)))),
    isSingle ? limit : precision.unit / 2,
  );
  return {
    kind: fitting.length > 0 ? fitting[0].kind : 'unknown',
    fitting,
    candidates,
    ambiguous: fitting.length !== 1,
    explanation: explainCandidates({ fitting, candidates }),
  };
}

/** The constant that brings a sum nearest to the gradient, each element in units of its scale. */
function factorOf(found: Float64Array, { value }: AffineSum, unit: Float64Array): number {
  let product = 0;
  let squares = 0;
  found.forEach((target, i) => {
    const weight = unit[i] > 0 ? unit[i] ** -2 : 0;
    product += weight * target * value[i];
    squares += weight * value[i] ** 2;
  });
  return squares > 0 ? product / squares : 0;
}

function judged(
  found: Float64Array,
  { kind, words, value, scale }: AffineSum,
  factor: number,
  unit: Float64Array,
  absolute: Float64Array,
  limit: number,
): GradientCandidate<SumKind> {
  const tally = new CandidateTally(limit, [found.length]);
  const stretch = Math.max(1, Math.abs(factor));
  found.forEach((target, i) => {
    tally.add(target, factor * value[i], unit[i] + absolute[i], scale[i] * stretch + absolute[i], i);
  });
  return tally.candidate(kind, words, factor);
}
