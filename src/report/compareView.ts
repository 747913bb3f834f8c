import { formatShape } from '../tensor/shape';
import type { CompareReport, ComparisonStatus, TensorComparison } from './compareReport';
import { formatCount } from '../tensor/formatCount';
import { formatNumber } from '../tensor/formatNumber';
import { indexChart, type Indexed } from './indexChart';
import type { Differences, ErrorMap } from './errorMap';
import type { ViewChart, ViewHeatmap, ViewReport, ViewSentence, ViewSeverity, ViewTable } from './viewReport';

/** Tensors that the table lists: the first that differ, then others. */
const maxListed = 500;

const words: Readonly<Record<ComparisonStatus, string>> = {
  equal: 'equal',
  close: 'close',
  rounding: 'off by rounding',
  differs: 'differs',
  shape: 'other shape',
  kind: 'complex against real',
  unread: 'not decoded',
};

/** The verdicts that are counted, also where no tensor has them, and the others where one has. */
const verdicts: readonly ComparisonStatus[] = ['equal', 'close', 'rounding', 'differs'];

const severities: Readonly<Record<ComparisonStatus, ViewSeverity>> = {
  equal: 'pass',
  close: 'pass',
  rounding: 'info',
  differs: 'error',
  shape: 'error',
  kind: 'error',
  unread: 'warning',
};

/** One tensor of the comparison in detail. */
export interface ComparedRows {
  readonly comparison: TensorComparison;
  readonly map: ErrorMap;
}

/**
 * Two dumps compared, as it is shown.
 *
 * @param names  of the file on trial and of the reference
 * @param detail the tensor that is looked at row by row
 */
export function compareView(
  report: CompareReport,
  names: readonly [string, string],
  detail?: ComparedRows,
): ViewReport {
  const { tensors, missing, extra } = report;
  if (detail && tensors.length === 1 && missing.length + extra.length === 0) {
    return pairView(report, detail, names);
  }
  const counts = (status: ComparisonStatus) => tensors.filter((tensor) => tensor.status === status).length;
  return {
    sentences: [
      verdict(report, names),
      ...causeSentences(report),
      ...partnerSentences(report, names),
      ...(detail ? [worstSentence(detail, names)] : []),
    ],
    facts: (Object.keys(words) as ComparisonStatus[])
      .filter((status) => verdicts.includes(status) || counts(status) > 0)
      .map((status) => ({ name: words[status], value: counts(status), note: `of ${tensors.length}` })),
    heatmaps: detail && errorHeatmap(detail),
    charts: detail ? errorCharts(detail) : [],
    tables: [table(report)],
  };
}

/** One tensor against another: there is no order to speak of, and no table to choose from. */
function pairView(report: CompareReport, detail: ComparedRows, names: readonly [string, string]): ViewReport {
  const { comparison } = detail;
  const { status, difference } = comparison;
  const [a, b] = names;
  const agrees = severities[status] === 'pass';
  return {
    sentences: [
      agrees
        ? { severity: 'pass', text: `${a} agrees with ${b}: nothing differs by more than the tolerance.` }
        : { severity: severities[status], text: `${a} differs from ${b}: ${reasonOf(comparison)}` },
      ...causeSentences(report),
      worstSentence(detail, names),
    ],
    facts: difference
      ? [
          { name: 'largest difference', value: difference.maxAbs },
          { name: 'relative L2', value: difference.relL2 },
          { name: 'cosine', value: difference.cosine },
          { name: 'equal', value: difference.equal, note: `of ${formatCount(difference.count)}` },
        ]
      : [],
    heatmaps: errorHeatmap(detail),
    charts: errorCharts(detail),
    tables: [],
  };
}

function verdict(
  { equal, firstDivergence, orderGuessed, tensors }: CompareReport,
  [a, b]: readonly [string, string],
): ViewSentence {
  const first = tensors.find(({ name }) => name === firstDivergence);
  if (first === undefined) {
    return {
      severity: equal ? 'pass' : 'warning',
      text: equal
        ? `${a} agrees with ${b}: nothing differs by more than tolerance or rounding.`
        : tensors.length === 0
          ? `${a} and ${b} have no name of a tensor in common.`
          : `What both files have agrees, but not every tensor has its partner.`,
    };
  }
  return {
    severity: 'error',
    text: `${a} parts from ${b} at ${first.name}${orderGuessed ? ', in the order guessed from the names' : ', in the order of execution'}: ${reasonOf(first)}`,
    advice: orderGuessed
      ? 'Start there. The files state no order of execution, so look at its inputs first.'
      : 'Start there: everything after it may only have inherited the difference.',
    tensor: first.name,
  };
}

function reasonOf({ status, dtypes, shapes, difference }: TensorComparison): string {
  if (status === 'shape') {
    return `it is ${formatShape(shapes[0])} there, and ${formatShape(shapes[1])} in the reference.`;
  }
  if (difference === undefined) {
    return `it is ${dtypes[0]} there, and ${dtypes[1]} in the reference, which cannot be compared.`;
  }
  return difference.maskMismatches > 0
    ? `at ${difference.maskMismatches} of its places one is NaN or infinite and the other something else.`
    : `it is off by ${formatNumber(100 * difference.relL2)} % of its norm, by ${formatNumber(difference.maxAbs)} at most.`;
}

function causeSentences({ cause }: CompareReport): ViewSentence[] {
  return cause === undefined ? [] : [{ severity: 'info', text: cause }];
}

function partnerSentences(
  { missing, extra, rename }: CompareReport,
  [a, b]: readonly [string, string],
): ViewSentence[] {
  const listed = (names: readonly string[]) =>
    `${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`;
  return [
    ...(missing.length > 0 ? [{ severity: 'warning' as const, text: `Only in ${b}: ${listed(missing)}.` }] : []),
    ...(extra.length > 0 ? [{ severity: 'warning' as const, text: `Only in ${a}: ${listed(extra)}.` }] : []),
    ...(rename
      ? [
          {
            severity: 'info' as const,
            text: `Most of these names would match with “${rename[0]}” for “${rename[1]}” at their beginning: normscope compare --rename ${rename.join('=')}.`,
          },
        ]
      : []),
  ];
}

function worstSentence(
  { comparison: { name, nameA, shapes, difference, worstIndex } }: ComparedRows,
  names: readonly [string, string],
): ViewSentence {
  const [a, b] = names;
  if (difference?.worst === undefined || worstIndex === undefined || difference.equal === difference.count) {
    return { severity: 'pass', text: `${name} is the same in both, number by number.` };
  }
  const { worst } = difference;
  const rowLength = shapes[1].at(-1) ?? 1;
  return {
    places: ([0, 1] as const).map((side) => ({
      label: `Show in ${names[side]}`,
      side,
      tensor: side === 0 ? (nameA ?? name) : name,
      row: Math.floor(worst.position / rowLength),
      column: worst.position % rowLength,
    })),
    text: `The worst element of ${name} is ${formatShape(worstIndex)}: ${worst.a} in ${a}, ${worst.b} in ${b}.`,
  };
}

/** Where the differences lie in the matrix, unless it is a single row or column, or the same in both. */
function errorHeatmap({ comparison: { name, shapes }, map: { rows, features, cells } }: ComparedRows): ViewHeatmap[] {
  const [down, across] = [rows.maxAbs.length, features.maxAbs.length];
  if (down < 2 || across < 2 || cells.maxAbs.every((value) => value === 0)) {
    return [];
  }
  return [
    {
      title: `Where ${name} differs`,
      down: { noun: 'Row', length: down, block: cells.block[0], shape: shapes[1].slice(0, -1) },
      across: { noun: 'Feature', length: across, block: cells.block[1] },
      name: 'largest |a − b|',
      values: cells.maxAbs,
    },
  ];
}

function errorCharts({ comparison: { name, shapes }, map: { rows, features } }: ComparedRows): ViewChart[] {
  const shape = shapes[1];
  return [
    errorChart(`row of ${name}`, { noun: 'Row', shape: shape.slice(0, -1) }, rows),
    ...(shape.length > 1 ? [errorChart(`feature of ${name}`, { noun: 'Feature' }, features)] : []),
  ];
}

function errorChart(place: string, over: Indexed, { maxAbs, scale }: Differences): ViewChart {
  return indexChart(over, {
    title: `Largest difference in each ${place}, beside the largest value there`,
    y: { title: '|a − b|, |b|', scale: 'byRange' },
    series: [
      { name: 'largest |b|', look: 'before', values: scale },
      { name: 'largest |a − b|', look: 'third', values: maxAbs },
    ],
  });
}

function table({ tensors }: CompareReport): ViewTable {
  const isError = ({ status }: TensorComparison) => severities[status] === 'error';
  const sorted = [...tensors.filter(isError), ...tensors.filter((tensor) => !isError(tensor))];
  const listed = sorted.slice(0, maxListed);
  return {
    title: `${listed.length < tensors.length ? `${listed.length} of ${tensors.length} tensors` : 'Tensors'}, those that differ first`,
    columns: ['Tensor', 'Verdict', 'Max |a − b|', 'Relative', 'Rel. L2', 'Cosine', 'Max ulp', 'Equal', 'Worst at'],
    rows: listed.map(({ name, status, difference, worstIndex }) => [
      name,
      difference && difference.maskMismatches > 0 ? 'other NaN or Inf' : words[status],
      ...(difference
        ? [
            difference.maxAbs,
            difference.maxRel,
            difference.relL2,
            difference.cosine,
            difference.maxUlp,
            difference.count === 0 ? 1 : difference.equal / difference.count,
            worstIndex && difference.equal < difference.count ? formatShape(worstIndex) : '',
          ]
        : ['', '', '', '', '', '', '']),
    ]),
    severities: listed.map(({ status }) => severities[status]),
    picks: 'detail',
  };
}
