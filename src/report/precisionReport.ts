import { variance as varianceOf, momentsOf } from '../norm/moments';
import { denominator } from '../norm/denominator';
import { isCentred, type NormSpec } from '../norm/normSpec';
import { heldStatistics } from '../norm/parameters';
import { quantiles } from '../norm/quantiles';
import { varianceAlgorithms } from '../norm/varianceAlgorithms';
import { formatNumber } from '../tensor/formatNumber';
import { halfStatistics } from './halfStatistics';
import { indexChart, rowPoints } from './indexChart';
import type { NormRun } from './normRun';
import { saying, type ViewChart, type ViewReport, type ViewSentence, type ViewTable } from './viewReport';

/** ε from 1e-12 on, so many steps a decade. */
const stepsPerDecade = 8;
const lowestDecade = -12;
/** From this share of what a row is divided by on, ε shows in the output (numerics: warn above 1 %). */
const visibleShare = 0.01;

/**
 * What ε and the arithmetic do to the output: the sweep of ε, the rows it dominates, float32 residuals and what they consist of,
 * rstd in half precision, and the variance algorithms that people meet on one row.
 *
 * @param row the row that the algorithms run on; without one the row where the mean is largest against the deviation
 */
export function precisionReport(run: NormRun, row: number | undefined): ViewReport {
  const { geometry, before, normCase, parameters } = run;
  if (normCase.spec.kind === 'dyt' || heldStatistics(normCase.spec, parameters)) {
    return saying(
      'No statistics are taken of these rows, so neither ε nor an algorithm for the variance has a say here.',
    );
  }
  const finite = Array.from({ length: geometry.rows }, (_, i) => i).filter((i) => Number.isFinite(before.variance[i]));
  if (finite.length === 0) {
    return saying('No row is finite, so there is nothing to compute with.');
  }
  const hardest = finite.reduce((worst, i) => (offset(run, i) > offset(run, worst) ? i : worst));
  const shown = row !== undefined && finite.includes(row) ? row : hardest;
  const residuals = float32Residuals(run, finite);
  const half = halfStatistics(run);
  return {
    sentences: [dominatedSentence(run, finite), residualSentence(run, residuals), ...half.sentences],
    facts: [
      { name: 'max |row mean| of x̂ in float32', value: residuals.mean },
      {
        name: 'max |row variance − 1|',
        value: residuals.variance,
        note: `ε alone: ${formatNumber(residuals.epsShare)}`,
      },
      { name: 'largest |mean| / std', value: offset(run, hardest), note: `row ${hardest}` },
    ],
    charts: [sweepChart(run, finite), varianceChart(run), ...half.charts],
    tables: [algorithmTable(run, shown)],
  };
}

/** |mean| / std of a row, which is what algorithms for the variance lose digits by. */
function offset({ before }: NormRun, row: number): number {
  const deviation = Math.sqrt(before.variance[row]);
  return deviation > 0 ? Math.abs(before.mean[row]) / deviation : 0;
}

/** The deviation of x̂ for a row of variance v (mean square for RMSNorm). */
function outputStd(v: number, eps: number, { epsPlace }: NormSpec): number {
  return Math.sqrt(v) / denominator({ eps, epsPlace }, v);
}

/** How far ε would flatten the output; every row is marked where ε is as large as its variance, and begins to. */
function sweepChart({ forward, normCase: { spec } }: NormRun, finite: readonly number[]): ViewChart {
  const variances = Float64Array.from(finite, (row) => forward.variance[row]);
  const what = !isCentred(spec.kind) ? 'mean square' : 'variance';
  const [smallest, median, largest] = quantiles(variances, [0, 0.5, 1]);
  // Outside and clamp hold ε against the deviation.
  const ownEps = (v: number) => (spec.epsPlace === 'inside' ? v : Math.sqrt(v));
  const decades = Math.max(0, Math.ceil(Math.log10(ownEps(largest)))) - lowestDecade;
  const swept = Float64Array.from(
    { length: decades * stepsPerDecade + 1 },
    (_, i) => 10 ** (i / stepsPerDecade + lowestDecade),
  );
  const curve = (v: number) => swept.map((eps) => outputStd(v, eps, spec));
  const marked = new Set(
    Array.from(variances, (v) => Math.round((Math.log10(ownEps(v)) - lowestDecade) * stepsPerDecade)),
  );
  return {
    title: `Deviation of x̂ as ε grows, for the rows of smallest, median and largest ${what}`,
    x: { title: 'ε', positions: swept, scale: 'log', noun: 'ε' },
    y: { title: !isCentred(spec.kind) ? 'RMS of x̂' : 'Std of x̂ (÷N)', scale: 'linear' },
    series: [
      { name: `smallest, ${formatNumber(smallest)}`, look: 'third', values: curve(smallest) },
      { name: `median, ${formatNumber(median)}`, look: 'after', values: curve(median) },
      { name: `largest, ${formatNumber(largest)}`, look: 'before', values: curve(largest) },
      {
        name: `where ε is a row’s ${spec.epsPlace === 'inside' ? what : 'deviation'}`,
        look: 'fourth',
        values: Array.from(swept, (_, i) => (marked.has(i) ? outputStd(1, 1, spec) : null)),
      },
    ],
    limits: spec.eps > 0 ? [{ name: 'ε', look: 'fourth', value: spec.eps, at: 'x' }] : [],
  };
}

function varianceChart({ forward, geometry, normCase: { spec } }: NormRun): ViewChart {
  const what = !isCentred(spec.kind) ? 'Mean square' : 'Variance';
  // Outside and clamp hold ε against the deviation, whose square it is here.
  const eps = spec.epsPlace === 'inside' ? spec.eps : spec.eps ** 2;
  return indexChart(rowPoints(geometry), {
    title: `${what} of each row against ${spec.epsPlace === 'inside' ? 'ε' : 'ε²'}`,
    y: { title: what, scale: 'log' },
    series: [{ name: what.toLowerCase(), look: 'before', values: forward.variance }],
    limits: eps > 0 ? [{ name: spec.epsPlace === 'inside' ? 'ε' : 'ε²', look: 'fourth', value: eps }] : [],
  });
}

function dominatedSentence({ forward, normCase: { spec } }: NormRun, finite: readonly number[]): ViewSentence {
  const lost = (row: number) => 1 - outputStd(forward.variance[row], spec.eps, spec) ** 2;
  const dominated = finite.filter((row) => lost(row) > visibleShare);
  if (dominated.length === 0) {
    return {
      severity: 'pass',
      text: `ε = ${formatNumber(spec.eps)} takes less than 1 % off the variance of every row’s output.`,
    };
  }
  const worst = dominated.reduce((a, b) => (lost(b) > lost(a) ? b : a));
  return {
    severity: 'warning',
    text:
      `ε = ${formatNumber(spec.eps)} takes more than 1 % off the variance of the output in ${dominated.length} of ${finite.length} rows; ` +
      `most, ${formatNumber(100 * lost(worst))} %, in row ${worst}.`,
    advice: 'Such rows hardly vary: look at what made them, before you make ε smaller.',
  };
}

interface Residuals {
  readonly mean: number;
  readonly variance: number;
  /** ε / (v + ε) at the row of the largest |variance − 1|. */
  readonly epsShare: number;
  readonly row: number;
}

/** What is left of mean 0 and variance 1 once x̂ is rounded to float32. */
function float32Residuals(
  { forward, geometry: { cols }, normCase: { spec } }: NormRun,
  finite: readonly number[],
): Residuals {
  let residuals: Residuals = { mean: 0, variance: -1, epsShare: 0, row: finite[0] };
  for (const row of finite) {
    const rounded = forward.normalized.subarray(row * cols, (row + 1) * cols).map(Math.fround);
    const moments = momentsOf(rounded);
    const distance = Math.abs(varianceOf(moments) - 1);
    const mean = Math.max(residuals.mean, Math.abs(moments.mean));
    residuals =
      distance > residuals.variance
        ? { mean, variance: distance, epsShare: 1 - outputStd(forward.variance[row], spec.eps, spec) ** 2, row }
        : { ...residuals, mean };
  }
  return residuals;
}

function residualSentence({ normCase: { spec } }: NormRun, { mean, variance, epsShare, row }: Residuals): ViewSentence {
  if (!isCentred(spec.kind)) {
    return { text: `A norm without a mean leaves it as it is: rows of x̂ have means of up to ${formatNumber(mean)}.` };
  }
  return {
    text:
      `Rounded to float32, rows of x̂ miss mean 0 by up to ${formatNumber(mean)} and variance 1 by up to ${formatNumber(variance)} (row ${row}). ` +
      `Of that variance residual ε accounts for ${formatNumber(epsShare)}; rounding for ${formatNumber(Math.abs(variance - epsShare))}.`,
  };
}

function algorithmTable({ x, geometry: { cols }, before }: NormRun, row: number): ViewTable {
  const values = x.subarray(row * cols, (row + 1) * cols);
  const exact = varianceOf(momentsOf(values.map(Math.fround)));
  return {
    title: `Variance (÷N) of row ${row} in float32, by algorithm; its mean is ${formatNumber(before.mean[row])}`,
    columns: ['Algorithm', 'Variance', 'Relative error', 'Met in'],
    rows: [
      ['Exact for the float32 values', exact, 0, ''],
      ...varianceAlgorithms.map(({ name, usedBy, variance }) => {
        const value = variance(values);
        return [name, value, exact === 0 ? Math.abs(value) : Math.abs(value - exact) / exact, usedBy];
      }),
    ],
  };
}
