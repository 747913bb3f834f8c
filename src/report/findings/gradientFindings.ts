import { fileGradients } from '../../norm/fileGradients';
import type { GradientName, GradientResult } from '../../norm/gradientTally';
import { OutputTrial } from '../../norm/identify/outputTrial';
import { explainingChange } from '../../norm/identify/singleChange';
import { kindNames } from '../../norm/specTerms';
import { formatShape } from '../../tensor/shape';
import { formatNumber } from '../../tensor/formatNumber';
import type { Finding, FindingCode } from './finding';
import type { NormSite } from './normSite';

/**
 * Holds the gradients that a dump records for a norm against those of the stated convention. An output of another
 * convention may come with gradients of that one; those are right too.
 */
export function gradientFindings(site: NormSite): Finding[] {
  const { normCase, guessed } = site;
  const failed = failedGradients(normCase);
  if (failed.length === 0) {
    return [];
  }
  const other = normCase.output && explainingChange(normCase, new OutputTrial(normCase).fit(normCase));
  if (guessed && normCase.output && !other) {
    return []; // Of a norm that not even the output tells, gradients cannot be judged.
  }
  const alsoFailed = other ? failedGradients({ ...normCase, spec: other.spec }).map(({ name }) => name) : undefined;
  return failed
    .filter(({ name }) => alsoFailed === undefined || alsoFailed.includes(name))
    .map((result) => gradientFinding(site, result));
}

function failedGradients(normCase: NormSite['normCase']): GradientResult[] {
  // A gradient that is not finite has its origin elsewhere; that is a finding of its own.
  return fileGradients(normCase).filter(({ passed, expected, found }) => !passed && Number.isFinite(expected + found));
}

/** Mistakes that have a code of their own. */
const mistakeCodes: { readonly [name in GradientName]?: Readonly<Record<string, FindingCode>> } = {
  gradInput: {
    naive: 'backward-naive',
    'mean-only': 'backward-no-variance-correction',
    'variance-only': 'backward-no-mean-correction',
  },
  gradWeight: { 'wrong-axis': 'grad-weight-wrong-axis' },
};

const otherCodes: Readonly<Record<GradientName, FindingCode>> = {
  gradInput: 'backward-differs',
  gradWeight: 'grad-weight-differs',
  gradBias: 'grad-bias-differs',
  gradAlpha: 'grad-alpha-differs',
};

const advice: Readonly<Record<GradientName, string>> = {
  gradInput:
    'Compare the backward pass with dx = rstd · (g − mean(g) − x̂ · mean(g · x̂)), g = weight · grad_output; without the means of g for RMSNorm.',
  gradWeight: 'Sum grad_output · x̂ over batch and tokens, in float32 at least.',
  gradBias: 'Sum grad_output over batch and tokens, in float32 at least.',
  gradAlpha: 'Sum weight · grad_output · x · (1 − tanh²(alpha · x)) over all elements, in float32 at least.',
};

function gradientFinding(site: NormSite, result: GradientResult): Finding {
  const { name, mistake, explanation, worstIndex, found, expected } = result;
  const tensor = site.names.tensors[name]!;
  const place = worstIndex.length === 0 ? '' : ` at ${formatShape(worstIndex)}`;
  return {
    severity: site.guessed ? 'warning' : 'error',
    code: (mistake && mistakeCodes[name]?.[mistake]) ?? otherCodes[name],
    tensor,
    where: { elements: [worstIndex] },
    message:
      `${tensor} is ${formatNumber(found)}${place}, where the ${kindNames[site.normCase.spec.kind]} has ${formatNumber(expected)}. ` +
      (explanation ?? 'The difference is larger than rounding explains.'),
    advice: advice[name],
  };
}
