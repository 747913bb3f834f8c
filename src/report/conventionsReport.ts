import { conventionDifference, type Convention, type ConventionDifference } from '../norm/conventionDifference';
import { fittingPresets } from '../norm/fittingPresets';
import type { Geometry } from '../norm/geometry';
import { leadingPart } from '../norm/leadingPart';
import { parametersOf } from '../norm/parameters';
import { unitOf } from '../norm/precision';
import type { Preset } from '../norm/presets';
import { formatShape } from '../tensor/shape';
import { formatNumber } from '../tensor/formatNumber';
import { identificationReport } from './identificationReport';
import { indexChart, rowPoints } from './indexChart';
import type { NormRun } from './normRun';
import { specTable } from './specTable';
import { saying, type ViewChart, type ViewReport, type ViewSentence } from './viewReport';

/** Values that a convention is judged on; identifying one tries some hundred of them on all of these. */
const maxValues = 2 ** 18;
/** Differences of up to so many units of roundoff are put down to rounding. */
const roundoffs = 16;

/**
 * The convention shown against that of a library, on this data; and, where the case has the norm's output or its gradients,
 * which convention these really follow.
 *
 * @param name of a preset; without one that fits, the first that does
 */
export function conventionsReport(run: NormRun, name: string | undefined): ViewReport {
  const part = leadingPart(run.normCase, maxValues);
  if (part === undefined) {
    return saying(
      `Conventions are compared on at most ${maxValues} values, and this x cannot be cut without changing what is normalized.`,
    );
  }
  const identified = identificationReport((run.identification ??= {}), part);
  const cut: ViewSentence[] =
    part === run.normCase ? [] : [{ text: `Looked at are the first rows of x, ${formatShape(part.x.shape)}.` }];
  const offered = fittingPresets(part);
  const preset = offered.find((fitting) => fitting.name === name) ?? offered[0];
  const shown: Convention = { spec: part.spec, evaluation: 'plain' };
  const difference = conventionDifference(part.x, parametersOf(part), shown, preset);
  return {
    choice: {
      label: 'Shown against',
      value: preset.name,
      options: offered.map((fitting) => ({ value: fitting.name, label: fitting.title })),
    },
    sentences: [...differenceSentences(difference, preset, part.x.dtype), ...identified.sentences, ...cut],
    facts: [
      { name: 'elements that differ', value: difference.differing, note: `of ${difference.elements}` },
      { name: 'rows', value: difference.differingRows.length, note: `of ${difference.rows}` },
      { name: 'largest difference', value: difference.maxAbs },
      { name: 'relative L2', value: difference.relL2 },
    ],
    charts: [...differenceCharts(difference, preset, run.geometry), ...identified.charts],
    tables: [specTable(shown, preset, difference.effects), ...identified.tables],
  };
}

function differenceSentences(
  { differing, maxAbs, worst, relL2, reason }: ConventionDifference,
  { title, spec }: Preset,
  dtype: Parameters<typeof unitOf>[0],
): ViewSentence[] {
  const take = { label: 'Take Over This Convention', spec };
  if (worst === undefined) {
    return [{ severity: 'pass', text: `${title} gives the same y on this data. ${reason}` }];
  }
  const isRounding = relL2 <= roundoffs * unitOf(dtype) && !Number.isNaN(maxAbs);
  return [
    {
      severity: isRounding ? 'info' : 'warning',
      text:
        `${title} gives another y in ${differing === 1 ? '1 element' : `${differing} elements`}` +
        `${isRounding ? ', within a few roundings' : ''}: most at ${formatShape(worst.index)}, ` +
        `${isRounding ? `by ${formatNumber(maxAbs)}` : `${formatNumber(worst.b)} instead of ${formatNumber(worst.a)}`}. ${reason}`,
      take,
    },
  ];
}

function differenceCharts(
  { rowMaxAbs, maxAbs }: ConventionDifference,
  { title }: Preset,
  geometry: Geometry,
): ViewChart[] {
  if (maxAbs === 0) {
    return [];
  }
  return [
    indexChart(rowPoints(geometry), {
      title: `How far y of ${title} is from y as shown, the largest of each row`,
      y: { title: 'Largest |difference|', scale: 'byRange' },
      series: [{ name: 'largest |difference|', look: 'after', values: rowMaxAbs }],
    }),
  ];
}
