import { isCentred } from '../norm/normSpec';
import { formatNumber } from './formatNumber';
import type { NormRun } from './normRun';

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
/** Fewer rows than this have no typical row to stand out from. */
const outlierMinRows = 8;

/**
 * Finds the rows that stand out: NaN or Inf, constant, dominated by ε, or far from the others. One mark a row, the
 * worst that applies; errors first, then by row.
 */
export function markRows(run: NormRun): RowMark[] {
  const isOutlier = outlierTest(run);
  const marks: RowMark[] = [];
  for (let row = 0; row < run.geometry.rows; row++) {
    const mark = notFiniteMark(run, row) ?? epsMark(run, row) ?? isOutlier(row);
    if (mark) {
      marks.push(mark);
    }
  }
  const rank = { error: 0, warning: 1, info: 2 };
  return marks.sort((a, b) => rank[a.severity] - rank[b.severity] || a.row - b.row);
}

function notFiniteMark({ before, x, geometry }: NormRun, row: number): RowMark | undefined {
  if (Number.isFinite(before.mean[row]) && Number.isFinite(before.variance[row])) {
    return undefined;
  }
  const values = x.subarray(row * geometry.cols, (row + 1) * geometry.cols);
  const firstNaN = values.findIndex(Number.isNaN);
  const column = firstNaN >= 0 ? firstNaN : values.findIndex((value) => !Number.isFinite(value));
  if (column < 0) {
    return undefined;
  }
  const what = firstNaN >= 0 ? 'NaN' : formatNumber(values[column]);
  return {
    row,
    code: firstNaN >= 0 ? 'nan-origin' : 'inf-origin',
    severity: 'error',
    message: `Row ${row} holds ${what} at column ${column}, so its statistics and its output are not finite.`,
  };
}

function epsMark({ forward, normCase: { spec }, parameters, geometry, x }: NormRun, row: number): RowMark | undefined {
  const isRms = !isCentred(spec.kind);
  const scatter = forward.variance[row];
  if (scatter === 0 && geometry.cols > 1) {
    const what = isRms ? 'all zeros' : `constant (${formatNumber(x[row * geometry.cols])})`;
    const output = spec.eps === 0 ? 'NaN: ε is 0' : parameters.bias ? 'β' : 'zero';
    return {
      row,
      code: 'constant-row',
      severity: 'warning',
      message: `Row ${row} is ${what}, so its output is ${output}.`,
    };
  }
  const share = spec.eps / (scatter + spec.eps);
  if (spec.epsPlace !== 'inside' || !(share > epsShareWarning)) {
    return undefined;
  }
  const percent = formatNumber(Number((100 * share).toPrecision(3)));
  return {
    row,
    code: 'eps-dominated',
    severity: share > epsShareError ? 'error' : 'warning',
    message:
      `Row ${row} has ${isRms ? 'mean square' : 'variance'} ${formatNumber(scatter)}; ε ${formatNumber(spec.eps)} makes up ` +
      `${percent} % of what it is divided by, so its output has ${isRms ? 'mean square' : 'variance'} ` +
      `${formatNumber(1 - share)} instead of 1.`,
  };
}

/**
 * Rows whose mean or logarithm of variance is far from the median row's, measured by the median absolute deviation
 * (times 1.4826, a Gaussian's standard deviation), which the outliers themselves do not inflate.
 */
function outlierTest({ before, geometry }: NormRun): (row: number) => RowMark | undefined {
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
      row,
      code: 'outlier-row',
      severity: 'info',
      message: byVariance
        ? `Row ${row} has variance ${formatNumber(before.variance[row])}; the median row has ${formatNumber(Math.exp(varianceDistance.median))}.`
        : `Row ${row} has mean ${formatNumber(before.mean[row])}; the median row has ${formatNumber(meanDistance.median)}.`,
    };
  };
}

function robustDistance(values: Float64Array): { median: number; of(position: number): number } {
  const median = medianOf(values);
  const deviation = 1.4826 * medianOf(values.map((value) => Math.abs(value - median)));
  return { median, of: (position) => (deviation > 0 ? (values[position] - median) / deviation : 0) };
}

function medianOf(values: Float64Array): number {
  const finite = values.filter(Number.isFinite).sort();
  const middle = finite.length >> 1;
  return finite.length % 2 === 1 ? finite[middle] : (finite[middle - 1] + finite[middle]) / 2;
}
