import { splitGradient } from '../norm/backward';
import { claims } from '../norm/claims/claims';
import { dot, lengthOf } from '../norm/dot';
import { applyJacobian, closedSingularValues, singularValues, spectralNorm, type RowJacobian } from '../norm/jacobian';
import { isCentred, isChannelKind, measuresApart, type NormKind } from '../norm/normSpec';
import { featureCount, heldStatistics, scaleOf } from '../norm/parameters';
import { Random } from '../norm/random';
import { inRowOrder } from '../norm/rowOrder';
import { rowOf } from '../norm/rowValues';
import { toFloat64 } from '../tensor/tensor';
import { formatNumber } from '../tensor/formatNumber';
import { allIndices, indexAxis, indexChart, rowPoints } from './indexChart';
import type { NormRun } from './normRun';
import { saying, type ViewChart, type ViewReport, type ViewSentence, type ViewTable } from './viewReport';

/** The kinds whose Jacobian is that of LayerNorm or RMSNorm on each row. */
const differentiated: ReadonlySet<NormKind> = new Set([
  'layer_norm',
  'rms_norm',
  'batch_norm',
  'group_norm',
  'instance_norm',
]);
/** Singular values take time as the cube of the row's length: of longer rows only the largest is measured. */
const maxSingularValues = 256;
/** Rows whose spectral norm is measured besides the closed form; each takes some hundred passes over the row. */
const maxMeasuredRows = 64;

/**
 * The geometry of the norm on this data: the length of x̂, the Jacobian's singular values in closed form and measured, its null
 * space, and how much of dy the mean and the variance correction take off, row by row.
 *
 * @param row the row whose singular values are shown; without one the row with the largest rstd
 */
export function geometryReport(run: NormRun, row: number | undefined): ViewReport {
  const { geometry, forward, normCase, parameters } = run;
  const { kind, epsPlace, divisor } = normCase.spec;
  const held = heldStatistics(normCase.spec, parameters) !== undefined;
  if (!differentiated.has(kind) || epsPlace !== 'inside' || divisor !== 'n' || held || measuresApart(normCase.spec)) {
    return saying(
      'This is the geometry of norms over the statistics of all that they divide, with ε inside the root and divisor n: choose such a convention to see it.',
    );
  }
  const finite = Array.from({ length: geometry.rows }, (_, i) => i).filter((i) => isFiniteRow(run, i));
  if (finite.length === 0) {
    return saying('No row is finite, so there is no geometry to look at.');
  }
  const steepest = finite.reduce((best, i) => (forward.rstd[i] > forward.rstd[best] ? i : best));
  const shown = row !== undefined && finite.includes(row) ? row : steepest;
  return {
    sentences: sentences(run, shown),
    facts: [
      { name: 'row', value: shown, note: shown === steepest ? 'the steepest' : 'selected' },
      { name: '‖J‖₂ measured', value: spectralNorm(jacobianOf(run, shown)), note: normNote(run, shown) },
      { name: '‖x̂‖² of this row', value: squaredLength(run, shown), note: `of at most ${geometry.cols}` },
    ],
    charts: [lengthChart(run), normChart(run, finite), correctionChart(run), ...singularValueChart(run, shown)],
    tables: claimsTable(run, finite),
  };
}

function isFiniteRow({ forward }: NormRun, row: number): boolean {
  return (
    Number.isFinite(forward.rstd[row]) && Number.isFinite(forward.mean[row]) && Number.isFinite(forward.variance[row])
  );
}

function jacobianOf({ forward, geometry, parameters, normCase: { spec } }: NormRun, row: number): RowJacobian {
  const { rowFeature, colFeature } = geometry;
  const scale = scaleOf(spec, featureCount(geometry), parameters);
  return {
    normalized: rowOf(forward.normalized, geometry, row),
    rstd: forward.rstd[row],
    scale: Float64Array.from(colFeature, (feature) => scale[rowFeature[row] + feature]),
    centred: isCentred(spec.kind),
  };
}

/** max |γ| over each row. */
function largestWeights(run: NormRun): Float64Array {
  const { rowFeature } = run.geometry;
  // Rows that start at the same feature share their weights, and mostly all do.
  const found = new Map<number, number>();
  return Float64Array.from(rowFeature, (feature, row) => {
    const most = found.get(feature) ?? jacobianOf(run, row).scale.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
    found.set(feature, most);
    return most;
  });
}

function normNote(run: NormRun, row: number): string {
  const bound = formatNumber(run.forward.rstd[row] * largestWeights(run)[row]);
  return run.parameters.weight ? `at most rstd · max |γ| = ${bound}` : `closed form 1 / √(v + ε) = ${bound}`;
}

/** ‖x̂‖² of a row. */
function squaredLength({ forward, geometry }: NormRun, row: number): number {
  const normalized = rowOf(forward.normalized, geometry, row);
  return dot(normalized, normalized);
}

function sentences(run: NormRun, row: number): ViewSentence[] {
  const { spec } = run.normCase;
  const { cols } = run.geometry;
  const jacobian = { ...jacobianOf(run, row), scale: new Float64Array(cols).fill(1) };
  const ones = new Float64Array(cols).fill(1 / Math.sqrt(cols));
  const length = Math.sqrt(squaredLength(run, row));
  const alike = lengthOf(applyJacobian(jacobian, ones));
  // What is left of an exact 0 is rounding of numbers as large as rstd.
  const removed = alike < 1e-12 * jacobian.rstd ? 'by nothing' : `by ${formatNumber(alike)} per unit`;
  const [[first, change], ...others] = [
    ...(jacobian.centred ? [['in all features alike', removed]] : []),
    // A row that is all mean has no direction of its own.
    ...(length > 0
      ? [
          [
            'along itself',
            `by ${formatNumber(lengthOf(applyJacobian(jacobian, jacobian.normalized)) / length)} per unit, ε · rstd³, which is 0 only for ε 0`,
          ],
        ]
      : []),
    ['in any other direction', `by rstd = ${formatNumber(jacobian.rstd)} per unit`],
  ];
  const rest = others.map((other) => `; ${other.join(' ')}`).join('');
  return [
    { text: `Moving row ${row} ${first} changes x̂ ${change}${rest}.` },
    {
      text:
        `‖x̂‖² is d · v / (v + ε), ${formatNumber(squaredLength(run, row))} here; it is d = ${cols} only where the ` +
        `${jacobian.centred ? 'variance' : 'mean square'} is far above ε = ${formatNumber(spec.eps)}.`,
    },
  ];
}

function lengthChart(run: NormRun): ViewChart {
  const { forward, geometry, normCase } = run;
  const { rows, cols } = geometry;
  const { spec } = normCase;
  const measured = Float64Array.from({ length: rows }, (_, row) => squaredLength(run, row));
  const expected = forward.variance.map((v) => (cols * v) / (v + spec.eps));
  return indexChart(rowPoints(geometry), {
    title: 'Squared length of each row of x̂',
    y: { title: '‖x̂‖²', scale: 'linear' },
    series: [
      { name: 'measured', look: 'after', values: measured },
      { name: 'd · v / (v + ε)', look: 'before', values: expected },
    ],
    limits: [{ name: 'd', look: 'before', value: cols }],
  });
}

function normChart(run: NormRun, finite: readonly number[]): ViewChart {
  const { forward, geometry } = run;
  const largest = largestWeights(run);
  const bound = forward.rstd.map((rstd, row) => rstd * largest[row]);
  const step = Math.max(1, finite.length / maxMeasuredRows);
  const measuredRows = Array.from(
    { length: Math.min(finite.length, maxMeasuredRows) },
    (_, i) => finite[Math.floor(i * step)],
  );
  const measured = new Map(measuredRows.map((row) => [row, spectralNorm(jacobianOf(run, row))]));
  return {
    title: 'Spectral norm of each row’s Jacobian, measured and rstd · max |γ|',
    x: indexAxis(rowPoints(geometry), allIndices(geometry.rows)),
    y: { title: '‖J‖₂', scale: 'byRange' },
    series: [
      { name: 'rstd · max |γ|', look: 'before', values: bound },
      { name: 'measured', look: 'after', values: Array.from(bound, (_, row) => measured.get(row) ?? null) },
    ],
    picks: 'row',
  };
}

/** ‖mean correction‖ and ‖variance correction‖ against ‖rstd · g‖, row by row. */
function correctionChart(run: NormRun): ViewChart {
  const { normCase, geometry, parameters, x } = run;
  const { spec, gradOutput } = normCase;
  const dy = gradOutputOf(run);
  const meanShare = new Float64Array(geometry.rows);
  const varianceShare = new Float64Array(geometry.rows);
  for (let row = 0; row < geometry.rows; row++) {
    const part = splitGradient(spec, geometry, x, dy, parameters, row);
    const whole = lengthOf(part.heldConstant);
    meanShare[row] = lengthOf(part.meanCorrection) / whole;
    varianceShare[row] = lengthOf(part.varianceCorrection) / whole;
  }
  return indexChart(rowPoints(geometry), {
    title: `How much of the gradient each correction takes off${gradOutput ? '' : ', for a random dy'}`,
    y: { title: 'Share of ‖rstd · γ dy‖', scale: 'linear' },
    series: [
      ...(isCentred(spec.kind) ? [{ name: 'mean', look: 'third' as const, values: meanShare }] : []),
      { name: 'variance', look: 'fourth', values: varianceShare },
    ],
  });
}

/** dy row by row; a random one where the case has none. */
function gradOutputOf({ normCase: { gradOutput }, geometry, x }: NormRun): Float64Array {
  return gradOutput ? inRowOrder(geometry, toFloat64(gradOutput)) : new Random(0).normals(x.length);
}

/** What tutorials say of layer normalization, held against the rows that vary. */
function claimsTable(run: NormRun, finite: readonly number[]): ViewTable[] {
  const { normCase, geometry, parameters, x, forward } = run;
  const rows = finite.filter((row) => forward.variance[row] > 0);
  if (isChannelKind(normCase.spec.kind) || rows.length === 0) {
    return [];
  }
  const { spec } = normCase;
  const found = claims({ spec, geometry, x, parameters, forward, gradOutput: gradOutputOf(run), rows });
  return [
    {
      title: 'What is often said, held against this data',
      columns: ['Statement', 'Here', 'Because'],
      rows: found.map(({ statement, verdict, says }) => [statement, verdict, says]),
      severities: found.map(({ verdict }) => (verdict === 'holds' ? 'pass' : 'info')),
    },
  ];
}

function singularValueChart(run: NormRun, row: number): ViewChart[] {
  const { geometry, forward, normCase, parameters } = run;
  const { cols } = geometry;
  if (cols > maxSingularValues) {
    return [];
  }
  const jacobian = jacobianOf(run, row);
  const measured = singularValues(jacobian);
  const closed = closedSingularValues(cols, forward.rstd[row], normCase.spec.eps, jacobian.centred);
  return [
    {
      title: `Singular values of row ${row}’s Jacobian, largest first`,
      x: { title: 'Rank', positions: Uint32Array.from(measured.keys()), scale: 'index', noun: 'Singular value' },
      y: { title: 'Singular value', scale: 'linear' },
      series: [
        { name: parameters.weight ? 'closed form for γ = 1' : 'closed form', look: 'before' as const, values: closed },
        { name: 'measured', look: 'after', values: measured },
      ],
    },
  ];
}
