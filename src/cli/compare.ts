import type { Dump } from '../formats/dump';
import type { Tolerance } from '../norm/closeness';
import { compareDumps } from '../report/compareDumps';
import type { CompareReport, ComparisonStatus, TensorComparison } from '../report/compareReport';
import { formatNumber } from '../tensor/formatNumber';
import { formatShape } from '../tensor/shape';
import type { Command, Options, Outcome } from './command';
import { numberOption } from './numberOption';
import { rawOptions } from './rawOptions';
import { table } from './table';
import { UsageError } from './usageError';
import { withDump } from './withDump';

/** Holds the tensors of one file against those of a reference; exit code 1 if they differ. */
export const compare: Command = {
  usage: 'compare FILE REFERENCE [--atol 1e-5] [--rtol 1.3e-6] [--rename NAME=REFERENCE_NAME …]',
  options: {
    ...rawOptions,
    atol: { type: 'string', value: 'NUMBER', help: 'allowed absolute difference' },
    rtol: { type: 'string', value: 'NUMBER', help: 'allowed difference relative to the reference' },
    rename: {
      type: 'string',
      multiple: true,
      value: 'NAME=REFERENCE_NAME',
      help: 'a tensor, or by a dot at the end all whose names begin so',
    },
  },
  files: 2,
  run: ([path, reference], options) =>
    withDump(path, options, (a) => withDump(reference, options, async (b) => answer(a, b, options))),
};

async function answer(a: Dump, b: Dump, options: Options): Promise<Outcome> {
  const report = await compareDumps(a, b, { tolerance: readTolerance(options), renames: readRenames(options) });
  const { equal, firstDivergence, missing, extra, orderGuessed } = report;
  return {
    json: {
      equal,
      firstDivergence: firstDivergence ?? null,
      cause: report.cause,
      orderGuessed,
      tensors: report.tensors.map(comparisonJson),
      missing,
      extra,
      rename: report.rename,
    },
    text: textOf(report),
    isNo: !equal,
  };
}

function comparisonJson({ name, nameA, status, dtypes, shapes, difference, worstIndex }: TensorComparison) {
  const worst = difference?.worst;
  return {
    name,
    nameA,
    status,
    maxAbs: difference?.maxAbs,
    maxRel: difference?.maxRel,
    cosine: difference?.cosine,
    relL2: difference?.relL2,
    maxUlp: difference?.maxUlp,
    worstIndex,
    a: worst?.a,
    b: worst?.b,
    equalShare: difference && (difference.count === 0 ? 1 : difference.equal / difference.count),
    beyondTolerance: difference?.beyond,
    maskMismatches: difference?.maskMismatches,
    nan: difference?.nan,
    inf: difference?.inf,
    dtypes,
    shapes,
  };
}

function textOf({
  equal,
  tensors,
  firstDivergence,
  cause,
  orderGuessed,
  missing,
  extra,
  rename,
}: CompareReport): string {
  const rows = tensors.map(({ name, status, difference, worstIndex }) => [
    name,
    difference && difference.maskMismatches > 0 ? 'NAN/INF' : statusWords[status],
    ...(difference
      ? [
          ...[difference.maxAbs, difference.maxRel, difference.relL2, difference.maxUlp].map(formatNumber),
          worstIndex && status !== 'equal' ? formatShape(worstIndex) : '',
        ]
      : ['', '', '', '', '']),
  ]);
  const first = tensors.find(({ name }) => name === firstDivergence);
  const verdict = equal
    ? tensors.length === 0
      ? 'Neither file holds a tensor.'
      : `Nothing differs by more than tolerance or rounding: ${countOf(tensors)}.`
    : first
      ? `First divergence${orderGuessed ? ', in the order guessed from the names' : ''}: ${sentenceOf(first)}${cause ? ` ${cause}` : ''}`
      : tensors.length === 0
        ? 'The files have no name of a tensor in common.'
        : 'What both files have agrees, but not every tensor has its partner.';
  const recast = tensors.filter(({ dtypes: [a, b] }) => a !== b);
  return [
    table(['name', 'status', 'max abs', 'max rel', 'rel L2', 'max ulp', 'worst'], rows),
    '',
    verdict,
    ...(missing.length > 0 ? [`Missing: ${missing.join(', ')}`] : []),
    ...(extra.length > 0 ? [`Extra: ${extra.join(', ')}`] : []),
    ...(rename ? [`Most of these names would match with --rename ${rename[0]}=${rename[1]}`] : []),
    ...(recast.length > 0
      ? [
          `Of another dtype: ${recast.length} of ${tensors.length} tensors, first ${recast[0].name}, ${recast[0].dtypes.join(' against ')}.`,
        ]
      : []),
  ].join('\n');
}

const statusWords: Readonly<Record<ComparisonStatus, string>> = {
  equal: 'equal',
  close: 'close',
  rounding: 'rounding',
  differs: 'DIFFERS',
  shape: 'SHAPE',
  kind: 'COMPLEX/REAL',
  unread: 'not decoded',
};

function countOf(tensors: readonly TensorComparison[]): string {
  const count = (status: ComparisonStatus) => tensors.filter((tensor) => tensor.status === status).length;
  return `${count('equal')} equal, ${count('close')} close, ${count('rounding')} off by rounding`;
}

function sentenceOf({ name, status, dtypes, shapes, difference, worstIndex }: TensorComparison): string {
  if (status === 'shape') {
    return `${name} is ${formatShape(shapes[0])}, in the reference ${formatShape(shapes[1])}.`;
  }
  if (difference?.worst === undefined || worstIndex === undefined) {
    return `${name} is ${dtypes[0]}, in the reference ${dtypes[1]}, which were not compared.`;
  }
  const { worst, relL2, maskMismatches, count } = difference;
  const [a, b] = [formatNumber(worst.a), formatNumber(worst.b)];
  const extent =
    maskMismatches > 0
      ? `at ${maskMismatches} of ${count} places one is NaN or infinite and the other something else`
      : `it is off by ${formatNumber(relL2)} of its norm`;
  return `${name} at ${formatShape(worstIndex)} is ${a}, in the reference ${b}; ${extent}.`;
}

function readTolerance(options: Options): Partial<Tolerance> | undefined {
  const [atol, rtol] = ['atol', 'rtol'].map((name) =>
    numberOption(options, name, 'a number that is not negative', (value) => value >= 0),
  );
  if (atol === undefined && rtol === undefined) {
    return undefined;
  }
  return { ...(atol === undefined ? {} : { atol }), ...(rtol === undefined ? {} : { rtol }) };
}

function readRenames({ rename }: Options): Map<string, string> {
  const renames = Array.isArray(rename) ? rename.map(String) : [];
  return new Map(
    renames.map((entry) => {
      const cut = entry.indexOf('=');
      if (cut < 0) {
        throw new UsageError(`--rename is ${JSON.stringify(entry)}; it takes NAME=REFERENCE_NAME.`);
      }
      return [entry.slice(0, cut), entry.slice(cut + 1)];
    }),
  );
}
