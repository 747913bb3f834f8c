import type { BackwardCandidate } from '../norm/identifyBackward';
import { identify, withFittedAlpha, type Candidate, type Identification } from '../norm/identify/identify';
import { identifyGradients, type GradientIdentification } from '../norm/identifyGradients';
import type { NormCase } from '../norm/normCase';
import { isChannelKind, type NormSpec } from '../norm/normSpec';
import { differingKeys, specKeys } from '../norm/specKeys';
import { formatNumber } from '../tensor/formatNumber';
import { denominatorWords, divisorWords, kindNames, specTerms } from '../norm/specTerms';
import { indexChart } from './indexChart';
import { tellingColumns } from './tellingColumns';
import type { ViewChart, ViewReport, ViewSentence, ViewSeverity, ViewTable } from './viewReport';

/** What identifying the norm and its gradients has found, kept once it was asked for. */
export interface Identified {
  forward?: Identification;
  gradients?: GradientIdentification;
}

/**
 * Which convention made y from x, and how dx, dγ and dβ were made from dy, as far as the case has them.
 *
 * @param found filled with what is not there yet
 */
export function identificationReport(
  found: Identified,
  normCase: NormCase,
): Pick<ViewReport, 'sentences' | 'charts' | 'tables'> {
  const { spec, output, gradOutput, gradInput } = normCase;
  if (output === undefined && (gradOutput === undefined || gradInput === undefined)) {
    return {
      sentences: [{ text: 'No y came along. With the norm’s output beside x, its convention is identified here.' }],
      charts: [],
      tables: [],
    };
  }
  const forward = output && (found.forward ??= identify(normCase));
  const best = forward?.best?.spec;
  const gradients = (found.gradients ??= identifyGradients(
    withFittedAlpha(normCase, forward?.best),
    best ? [spec, best] : [spec],
  ));
  return {
    sentences: [
      ...(forward ? [forwardSentence(normCase, forward)] : []),
      ...(gradients ? gradientSentences(gradients) : []),
    ],
    charts: forward?.best?.recovered ? recoveredCharts(forward.best.recovered) : [],
    tables: [
      ...(forward && forward.candidates.length > 0 ? [candidateTable(forward)] : []),
      ...(gradients?.gradInput ? [backwardTable(gradients.gradInput.candidates)] : []),
    ],
  };
}

function forwardSentence({ spec: shown, x }: NormCase, { best, ambiguous, explanation }: Identification): ViewSentence {
  const spec = best && identifiedParts(best.spec, x.shape.length, shown);
  const isShown = spec !== undefined && differingKeys(spec, shown).length === 0;
  return {
    severity: best === undefined ? 'warning' : ambiguous ? 'info' : 'pass',
    text: explanation,
    take: spec && !isShown ? { label: 'Take Over the Identified Convention', spec } : undefined,
  };
}

/** What y tells of the convention, its axes counted from the end, and for the rest what is shown. */
function identifiedParts(
  best: NormSpec,
  rank: number,
  { computeDtype, castOrder, momentum, momentumOf, runningDivisor }: NormSpec,
): NormSpec {
  const axes = best.axes.map((axis) => (axis < 0 ? axis : axis - rank));
  return { ...best, axes, computeDtype, castOrder, momentum, momentumOf, runningDivisor };
}

const gradientNames = { gradInput: 'dx', gradWeight: 'dγ', gradBias: 'dβ', gradAlpha: 'dα' } as const;

function gradientSentences(found: GradientIdentification): ViewSentence[] {
  return (['gradInput', 'gradWeight', 'gradBias', 'gradAlpha'] as const).flatMap((name) => {
    const gradient = found[name];
    if (gradient === undefined) {
      return [];
    }
    const { kind, ambiguous, explanation } = gradient;
    const severity: ViewSeverity = ambiguous ? 'info' : kind === 'full' ? 'pass' : 'error';
    const said = explanation.startsWith('It ') ? explanation.slice('It'.length) : `: ${explanation}`;
    return [{ severity: gradient.fitting.length === 0 ? 'error' : severity, text: `${gradientNames[name]}${said}` }];
  });
}

/** Weight and bias as fitted to x and y, where one of them did not come along. */
function recoveredCharts({ weight, bias }: NonNullable<Candidate['recovered']>): ViewChart[] {
  return [
    indexChart(
      { noun: 'Feature' },
      {
        title: 'γ and β as they follow from x and y',
        y: { title: 'Value', scale: 'linear' },
        series: [
          { name: 'γ weight', look: 'after', values: weight },
          { name: 'β bias', look: 'third', values: bias },
        ],
      },
    ),
  ];
}

function candidateTable({ best, candidates }: Identification): ViewTable {
  const hasAlpha = candidates.some(({ alpha }) => alpha !== undefined);
  const cells = ({ spec, alpha, biasApplied, maxAbsError, relError }: Candidate) => [
    kindNames[spec.kind],
    isChannelKind(spec.kind) ? `channel ${spec.channelAxis}` : spec.axes.join(', '),
    specKeys(spec.kind).includes('eps') ? denominatorWords(spec.epsPlace, formatNumber(spec.eps)) : '–',
    specKeys(spec.kind).includes('divisor') ? divisorWords(spec.divisor) : '–',
    ...(hasAlpha ? [alpha === undefined ? '–' : formatNumber(alpha)] : []),
    specTerms.weightOffset.value(spec),
    biasApplied ? 'β' : 'left out',
    maxAbsError,
    relError,
  ];
  const table = {
    title: 'Conventions held against y, nearest first',
    columns: [
      ...['Norm', 'Axes', 'Divided by', 'Variance over'],
      ...(hasAlpha ? ['α'] : []),
      ...['Weight', 'Bias', 'Max error', 'Relative error'],
    ],
    rows: candidates.map(cells),
    severities: candidates.map((candidate) => (candidate === best ? ('pass' as const) : undefined)),
  };
  return tellingColumns(table, ['Axes', 'Variance over', 'Weight', 'Bias']);
}

function backwardTable(candidates: readonly BackwardCandidate[]): ViewTable {
  const table = {
    title: 'Ways to compute dx, nearest first',
    columns: ['Way', 'Scaled by', 'Relative error'],
    rows: candidates.map(({ words, factor, relError }) => [words, factor, relError]),
    severities: candidates.map(({ fits }) => (fits ? ('pass' as const) : undefined)),
  };
  return tellingColumns(table, ['Scaled by']);
}
