import { fileGradients } from '../../norm/fileGradients';
import type { GradientResult } from '../../norm/gradientTally';
import { outputHypotheses } from '../../norm/outputHypotheses';
import { inRowOrder } from '../../norm/rowOrder';
import type { WrongBackward } from '../../norm/wrongGradients';
import { formatShape } from '../../tensor/shape';
import { toFloat64 } from '../../tensor/tensor';
import { formatNumber } from '../formatNumber';
import type { Finding, FindingCode } from './finding';
import type { NormSite } from './normSite';

/** A sum over the wrong axis is told by agreeing to this share of its norm: float32 sums are good to some 1e-6. */
const sameSum = 1e-3;

/**
 * Holds the gradients that a dump records for a norm against those of the stated convention. An output of another
 * convention may come with gradients of that one; those are right too.
 */
export function gradientFindings(site: NormSite): Finding[] {
  const { normCase } = site;
  const failed = failedGradients(normCase);
  if (failed.length === 0) {
    return [];
  }
  const other =
    normCase.output && outputHypotheses(normCase).find(({ change, explained }) => change !== 'none' && explained);
  const alsoFailed = other ? failedGradients({ ...normCase, spec: other.spec }).map(({ name }) => name) : undefined;
  return failed
    .filter(({ name }) => alsoFailed === undefined || alsoFailed.includes(name))
    .map((result) => gradientFinding(site, result));
}

function failedGradients(normCase: NormSite['normCase']): GradientResult[] {
  // A gradient that is not finite has its origin elsewhere; that is a finding of its own.
  return fileGradients(normCase).filter(({ passed, expected, found }) => !passed && Number.isFinite(expected + found));
}

const backwardCodes: Readonly<Record<WrongBackward, FindingCode>> = {
  naive: 'backward-naive',
  'mean-only': 'backward-no-variance-correction',
  'variance-only': 'backward-no-mean-correction',
};

function gradientFinding(site: NormSite, result: GradientResult): Finding {
  const { name, backward, explanation, worstIndex, found, expected } = result;
  const tensor = site.names.tensors[name]!;
  const overFeatures = name === 'gradWeight' && isSumOverFeatures(site);
  const code = overFeatures
    ? 'grad-weight-wrong-axis'
    : backward
      ? backwardCodes[backward]
      : ({ gradInput: 'backward-differs', gradWeight: 'grad-weight-differs', gradBias: 'grad-bias-differs' } as const)[
          name
        ];
  return {
    severity: 'error',
    code,
    tensor,
    where: { elements: [worstIndex] },
    message:
      `${tensor} is ${formatNumber(found)} at ${formatShape(worstIndex)}, where the ${site.normCase.spec.kind} has ${formatNumber(expected)}. ` +
      (overFeatures
        ? 'It equals the sum of grad_output · x̂ over the features instead of over the rows.'
        : (explanation ?? 'The difference is larger than rounding explains.')),
    advice: overFeatures
      ? 'Sum over batch and tokens; the shapes agree here only because there are as many rows as features.'
      : 'Compare the backward pass with dx = rstd · (g − mean(g) − x̂ · mean(g · x̂)), g = weight · grad_output; without the means of g for rms_norm.',
  };
}

/** True if gradWeight is, row by row, what it should be feature by feature. */
function isSumOverFeatures({ geometry, normCase, forward }: NormSite): boolean {
  const { rows, cols } = geometry;
  const found = toFloat64(normCase.gradWeight!);
  if (rows !== found.length) {
    return false;
  }
  const dy = inRowOrder(geometry, toFloat64(normCase.gradOutput!));
  const normalized = inRowOrder(geometry, forward.normalized);
  let error = 0;
  let total = 0;
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let i = row * cols; i < (row + 1) * cols; i++) {
      sum += dy[i] * normalized[i];
    }
    error += (found[row] - sum) ** 2;
    total += sum ** 2;
  }
  return error <= sameSum ** 2 * total;
}
