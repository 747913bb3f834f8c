import { isCentred } from '../norm/normSpec';
import { formatNumber } from '../tensor/formatNumber';
import type { NormedRows } from './normedRows';

/** A row that stands out, and why. */
export interface RowMark {
  readonly row: number;
  readonly code: 'nan-origin' | 'inf-origin' | 'constant-row' | 'eps-dominated' | 'outlier-row';
  readonly severity: 'error' | 'warning' | 'info';
  /** One sentence with the number: what is seen and why it matters. */
  readonly message: string;
}

/** A row is dominated by ε from this share ε / (v + ε) on: its output shrinks by 1 % … */
const epsShareWarning = 0.01;
/** … and from here on ε outweighs the row's own variance. */
const epsShareError = 0.5;
/** Distance from the median row, in robust standard deviations, from which a row's mean or variance stands out. */
const outlierDistance = 8;
/** The typical row is found among at most so many, evenly spread: sorting millions would stall the editor. */
const maxSorted = 2 ** 16;
/** Fewer rows than this have no typical row to stand out from. */
const outlierMinRows = 8;

/** Marks that are listed; the counts tell of the rest. */
const maxListed = 100;

/** The rows of a norm that stand out. */
export interface RowMarks {
  /** Errors first, then by row; at most 100. */
  readonly listed: readonly RowMark[];
  /** How many rows stand out by code, all rows counted. */
  readonly counts: Readonly<Partial<Record<RowMark['code'], number>>>;
}

/** A mark whose sentence is only made if it is listed. */
interface Found extends Pick<RowMark, 'code' | 'severity'> {
  readonly say: () => string;
}

/**
 * Finds the rows that stand out: NaN or Inf, constant, dominated by ε, or far from the others. One mark a row, the
 * worst that applies.
 */
export function markRows(rows: NormedRows): RowMarks {
  const isOutlier = outlierTest(rows);
  const counts: Partial<Record<RowMark['code'], number>> = {};
  const kept: Record<RowMark['severity'], { row: number; found: Found }[]> = { error: [], warning: [], info: [] };
  for (let row = 0; row < rows.geometry.rows; row++) {
    const found = notFiniteMark(rows, row) ?? epsMark(rows, row) ?? isOutlier(row);
    if (found === undefined) {
      continue;
    }
    counts[found.code] = (counts[found.code] ?? 0) + 1;
    if (kept[found.severity].length < maxListed) {
      kept[found.severity].push({ row, found });
    }
  }
  const listed = [...kept.error, ...kept.warning, ...kept.info]
    .slice(0, maxListed)
    .map(({ row, found: { code, severity, say } }) => ({ row, code, severity, message: say() }));
  return { listed, counts };
}

function notFiniteMark(rows: NormedRows, row: number): Found | undefined {
  if (Number.isFinite(rows.before.mean[row]) && Number.isFinite(rows.before.variance[row])) {
    return undefined;
  }
  const found = rows.notFinite(row);
  return (
    found && {
      code: found.isNaN ? 'nan-origin' : 'inf-origin',
      severity: 'error',
      say: () => `Row ${row} holds ${found.words}, so its statistics and its output are not finite.`,
    }
  );
}

function epsMark(rows: NormedRows, row: number): Found | undefined {
  const { spec, geometry, hasBias } = rows;
  // A single value has no spread that ε could drown: a loss, or a channel of one value.
  if (geometry.cols === 1) {
    return undefined;
  }
  const isRms = !isCentred(spec.kind);
  const scatter = rows.variance[row];
  if (scatter === 0) {
    return {
      code: 'constant-row',
      severity: 'warning',
      say: () => {
        const what = isRms ? 'all zeros' : `constant (${formatNumber(rows.firstValue(row))})`;
        const output = spec.eps === 0 ? 'NaN: ε is 0' : hasBias ? 'β' : 'zero';
        return `Row ${row} is ${what}, so its output is ${output}.`;
      },
    };
  }
  const share = spec.eps / (scatter + spec.eps);
  if (spec.epsPlace !== 'inside' || !(share > epsShareWarning)) {
    return undefined;
  }
  return {
    code: 'eps-dominated',
    severity: share > epsShareError ? 'error' : 'warning',
    say: () =>
      `Row ${row} has ${isRms ? 'mean square' : 'variance'} ${formatNumber(scatter)}; ε ${formatNumber(spec.eps)} makes up ` +
      `${formatNumber(Number((100 * share).toPrecision(3)))} % of what it is divided by, so its output has ${isRms ? 'mean square' : 'variance'} ` +
      `${formatNumber(1 - share)} instead of 1.`,
  };
}

/**
 * Rows whose mean or logarithm of variance is far from the median row's, measured by the median absolute deviation
 * (times 1.4826, a Gaussian's standard deviation), which the outliers themselves do not inflate.
 */
function outlierTest({ before, geometry }: NormedRows): (row: number) => Found | undefined {
  if (geometry.rows < outlierMinRows) {
    return () => undefined;
  }
  const meanDistance = robustDistance(before.mean);
  const logVariance = before.variance.map((value) => (value > 0 ? Math.log(value) : NaN));
  const varianceDistance = robustDistance(logVariance);
  return (row) => {
    const byVariance = Math.abs(varianceDistance.of(row)) > outlierDistance;
    if (!byVariance && !(Math.abs(meanDistance.of(row)) > outlierDistance)) {
      return undefined;
    }
    return {
      code: 'outlier-row',
      severity: 'info',
      say: () =>
        byVariance
          ? `Row ${row} has variance ${formatNumber(before.variance[row])}; the median row has ${formatNumber(Math.exp(varianceDistance.median))}.`
          : `Row ${row} has mean ${formatNumber(before.mean[row])}; the median row has ${formatNumber(meanDistance.median)}.`,
    };
  };
}

function robustDistance(values: Float64Array): { median: number; of(position: number): number } {
  const step = Math.ceil(values.length / maxSorted);
  const sample = Float64Array.from({ length: Math.ceil(values.length / step) }, (_, i) => values[i * step]);
  const median = medianOf(sample);
  const deviation = 1.4826 * medianOf(sample.map((value) => Math.abs(value - median)));
  return { median, of: (position) => (deviation > 0 ? (values[position] - median) / deviation : 0) };
}

function medianOf(values: Float64Array): number {
  const finite = values.filter(Number.isFinite).sort();
  const middle = finite.length >> 1;
  return finite.length % 2 === 1 ? finite[middle] : (finite[middle - 1] + finite[middle]) / 2;
}
