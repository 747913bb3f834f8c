import { effectiveRank } from '../norm/effectiveRank';
import type { Geometry } from '../norm/geometry';
import { histogram } from '../norm/histogram';
import { excessKurtosis, momentsOf, skewness } from '../norm/moments';
import { featureCount, scaleOf } from '../norm/parameters';
import { quantiles } from '../norm/quantiles';
import { featureMoments } from './featureMoments';
import { indexChart } from './indexChart';
import { formatNumber } from '../tensor/formatNumber';
import type { NormRun } from './normRun';
import type { ViewChart, ViewFact, ViewReport, ViewSentence } from './viewReport';

/** Which values are looked at: all of them, one row's, or one feature's over the rows. */
export interface DistributionScope {
  readonly scope: 'all' | 'row' | 'feature';
  /** Out of range or absent means the first. */
  readonly row?: number;
  readonly feature?: number;
}

const shares = [0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1];
const shareNames = ['min', '1 %', '5 %', '25 %', 'median', '75 %', '95 %', '99 %', 'max'];

/** A feature whose standard deviation over the rows is below this share of the median feature's does not vary. */
const deadShare = 1e-6;
/** A feature is an outlier from |x| ≥ 6 in 6 % of the rows on (LLM.int8, Dettmers et al. 2022, §4.1). */
const outlierMagnitude = 6;
const outlierRowShare = 0.06;
/** Features that are named one by one. */
const maxNamed = 3;

/**
 * How the values are spread before and after the norm, and which features stand out. Of all values it is kept: a click on a
 * row asks again, and to sort millions takes a second.
 */
export function distributionReport(run: NormRun, choice: DistributionScope): ViewReport {
  return choice.scope === 'all' ? (run.distribution ??= reportOf(run, choice)) : reportOf(run, choice);
}

function reportOf(run: NormRun, choice: DistributionScope): ViewReport {
  const { geometry, x, forward } = run;
  const before = valuesIn(x, run, choice);
  const after = valuesIn(forward.normalized, run, choice);
  const features = featureMoments(x, geometry);
  const spreads = [spread(before), spread(after)];
  return {
    sentences: featureSentences(run, features.std),
    facts: facts(run),
    charts: [
      histogramChart(`Histogram of x${scopeName(choice)}`, before, 'before'),
      histogramChart(`Histogram of x̂${scopeName(choice)}`, after, 'after'),
      featureChart(run, features),
    ],
    tables: [
      {
        title: `Quantiles and shape${scopeName(choice)}`,
        columns: ['Statistic', 'x', 'x̂'],
        rows: [...shareNames, 'skewness', 'excess kurtosis'].map((name, i) => [name, spreads[0][i], spreads[1][i]]),
      },
    ],
  };
}

function scopeName({ scope, row = 0, feature = 0 }: DistributionScope): string {
  return scope === 'all' ? '' : scope === 'row' ? `, row ${row}` : `, feature ${feature}`;
}

function valuesIn(values: Float64Array, { geometry }: NormRun, { scope, row = 0, feature = 0 }: DistributionScope) {
  const { rows, cols } = geometry;
  if (scope === 'all') {
    return values;
  }
  if (scope === 'row') {
    const start = Math.min(row, rows - 1) * cols;
    return values.subarray(start, start + cols);
  }
  const chosen = Math.min(feature, featureCount(geometry) - 1);
  return values.filter((_, i) => featureAt(geometry, i) === chosen);
}

/** The feature of what stands at a position, row by row: what shares one weight. */
function featureAt({ cols, rowFeature, colFeature }: Geometry, position: number): number {
  return rowFeature[Math.floor(position / cols)] + colFeature[position % cols];
}

function spread(values: Float64Array): number[] {
  const moments = momentsOf(values);
  return [...quantiles(values, shares), skewness(moments), excessKurtosis(moments)];
}

function histogramChart(title: string, values: Float64Array, look: 'before' | 'after'): ViewChart {
  const { edges, counts } = histogram(values);
  const lost = values.length - values.filter(Number.isFinite).length;
  return {
    title: lost === 0 ? title : `${title}; ${lost} not finite`,
    x: {
      title: 'Value',
      positions: counts.map((_, i) => (edges[i] + edges[i + 1]) / 2),
      scale: 'linear',
      noun: 'Around',
    },
    y: { title: 'Count', scale: 'byRange' },
    series: [{ name: 'values', look, values: counts, stepped: true }],
  };
}

function featureChart({ geometry }: NormRun, { mean, std }: { mean: Float64Array; std: Float64Array }): ViewChart {
  return indexChart(
    { noun: 'Feature', shape: geometry.affineShape, picks: 'feature' },
    {
      title: 'Mean and standard deviation (÷N) of each feature of x over the rows',
      y: { title: 'Mean, std', scale: 'linear' },
      series: [
        { name: 'mean', look: 'before', values: mean },
        { name: 'std (÷N)', look: 'third', values: std },
      ],
    },
  );
}

/** What stands out among the features, at most a sentence each for outliers and for dead ones. */
function featureSentences({ geometry, x, parameters, normCase: { spec } }: NormRun, std: Float64Array): ViewSentence[] {
  const features = featureCount(geometry);
  const perFeature = x.length / features;
  const [medianStd] = quantiles(std, [0.5]);
  const dead = indicesWhere(std, (value) => perFeature > 1 && value <= deadShare * medianStd);
  const counts = new Float64Array(features);
  x.forEach((value, i) => (counts[featureAt(geometry, i)] += Math.abs(value) >= outlierMagnitude ? 1 : 0));
  const outliers = indicesWhere(counts, (count) => count >= outlierRowShare * perFeature && count > 0);
  const everywhere = outliers.length > features / 2;
  const sentences: ViewSentence[] = [];
  if (outliers.length > 0 && !everywhere) {
    sentences.push({
      severity: 'info',
      text: `${named('Feature', outliers)} ${outliers.length === 1 ? 'reaches' : 'reach'} |x| ≥ ${outlierMagnitude} in at least ${100 * outlierRowShare} % of the rows: ${outliers.length === 1 ? 'an outlier feature' : 'outlier features'} by the rule of LLM.int8.`,
    });
  }
  if (dead.length > 0) {
    sentences.push({
      severity: 'warning',
      text: `${named('Feature', dead)} ${dead.length === 1 ? 'does' : 'do'} not vary over the rows.`,
    });
  }
  if (parameters.weight) {
    const scale = scaleOf(spec, features, parameters).map(Math.abs);
    const [median] = quantiles(scale, [0.5]);
    const silent = indicesWhere(scale, (value) => value < 1e-3 * median);
    if (silent.length > 0) {
      const factor = spec.weightOffset === 1 ? '1 + γ' : 'γ';
      sentences.push({
        severity: 'warning',
        text: `${factor} silences ${named('feature', silent)}: |${factor}| is below 0.1 % of its median ${formatNumber(median)}.`,
      });
    }
  }
  return sentences;
}

function named(noun: string, indices: readonly number[]): string {
  const listed = indices.slice(0, maxNamed).join(', ');
  const rest = indices.length - maxNamed;
  return `${indices.length === 1 ? noun : `${noun}s`} ${listed}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function indicesWhere(values: Float64Array, test: (value: number) => boolean): number[] {
  return Array.from(values.keys()).filter((i) => test(values[i]));
}

function facts({ geometry, x }: NormRun): ViewFact[] {
  const { rows, cols } = geometry;
  const rowMoments = Array.from({ length: rows }, (_, row) => momentsOf(x, row * cols, (row + 1) * cols));
  const [rowKurtosis] = quantiles(Float64Array.from(rowMoments, excessKurtosis), [0.5]);
  const [medianMagnitude, largest] = quantiles(x.map(Math.abs), [0.5, 1]);
  const rank = effectiveRank(x, rows, cols);
  return [
    { name: 'median row’s excess kurtosis', value: rowKurtosis, note: 'a Gaussian has 0' },
    {
      name: 'neuron kurtosis',
      value: neuronKurtosis(x, geometry),
      note: `1 = all features alike, ${featureCount(geometry)} = one`,
    },
    { name: 'max |x| / median |x|', value: largest / medianMagnitude },
    ...(rank
      ? [
          {
            name: 'effective rank',
            value: rank.entropyRank,
            note: `of ${Math.min(rank.rowsUsed, cols)}${rank.rowsUsed < rows ? `, ${rank.rowsUsed} of ${rows} rows` : ''}`,
          },
          { name: 'participation ratio', value: rank.participationRatio },
        ]
      : []),
  ];
}

/** mean(s²) / mean(s)² over the features' mean squares s (He et al. 2024, arXiv 2405.19279). */
function neuronKurtosis(x: Float64Array, geometry: Geometry): number {
  const features = featureCount(geometry);
  const squares = new Float64Array(features);
  x.forEach((value, i) => (squares[featureAt(geometry, i)] += value * value));
  const mean = squares.reduce((sum, value) => sum + value, 0) / features;
  return squares.reduce((sum, value) => sum + (value / mean) ** 2, 0) / features;
}
