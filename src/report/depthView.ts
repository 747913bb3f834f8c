import type { DepthReport, DepthSeries } from './depthReport';
import { formatNumber } from '../tensor/formatNumber';
import { stepChart, stepSentences, stepTable } from './depthStepsView';
import { nonFiniteWords } from './nonFiniteWords';
import type { ViewChart, ViewReport, ViewSentence, ViewSeries, ViewTable } from './viewReport';

const placementWords: Readonly<Record<NonNullable<DepthReport['placement']>, string>> = {
  pre: 'before the branches, x + f(N(x))',
  post: 'after the sum, N(x + f(x))',
  sandwich: 'before and after the branches, x + N(f(N(x)))',
  output: 'after the branches, x + N(f(x))',
  parallel: 'before parallel branches, x + attention(N(x)) + mlp(N(x))',
};

/** Tensors with NaN or Inf that are named; the first of them is where it begins. */
const maxSpread = 5;

/**
 * A network through its layers, as it is shown: one kind of tensor charted, all of them in a table.
 *
 * @param pattern the kind of tensor to chart, as "blocks.*.mlp.output"; without one the residual stream
 */
export function depthView(report: DepthReport, pattern: string | undefined): ViewReport {
  const { series, stream } = report;
  const shown =
    series.find((one) => one.pattern === pattern) ?? series.find((one) => one.pattern === stream) ?? series[0];
  if (shown === undefined && report.steps.length === 0) {
    return {
      sentences: [
        {
          text: 'No two tensors have names that differ in the number of a layer alone, so there is no depth to follow.',
        },
      ],
      facts: [],
      charts: [],
      tables: [],
    };
  }
  return {
    sentences: [...stepSentences(report), ...spreadSentences(report), ...streamSentences(report)],
    facts: [],
    charts: [
      ...(shown ? seriesCharts(shown, report) : []),
      ...(shown && shown.pattern === stream ? cosineChart(shown, report) : []),
      ...stepChart(report),
    ],
    tables: [...(shown ? [table(report)] : []), ...stepTable(report)],
  };
}

function spreadSentences({ spread }: DepthReport): ViewSentence[] {
  return spread.slice(0, maxSpread).map(({ name, nan, inf, share }, i) => ({
    severity: 'error',
    tensor: name,
    text:
      `${i === 0 ? 'NaN or Inf begins in' : 'It has spread to'} ${name}: ${nonFiniteWords(nan, inf)}, ` +
      `${formatNumber(100 * share)} % of its values.`,
  }));
}

function streamSentences(report: DepthReport): ViewSentence[] {
  const { stream, placement, neighbourCosine, orderGuessed } = report;
  const cosines = neighbourCosine.filter(Number.isFinite);
  const mean = cosines.reduce((sum, cosine) => sum + cosine, 0) / cosines.length;
  return [
    ...(stream
      ? [{ text: `The residual stream is ${stream}, by its name${orderGuessed ? ', as is the order' : ''}.` }]
      : []),
    ...(placement
      ? [{ text: `By the numbers of the first blocks, the norms stand ${placementWords[placement]}.` }]
      : []),
    ...growthSentence(report),
    ...(cosines.length > 0
      ? [{ text: `Neighbouring layers point the same way with a cosine of ${mean.toFixed(3)} on average.` }]
      : []),
  ];
}

function growthSentence({ growth, exponentialGrowth }: DepthReport): ViewSentence[] {
  const usual = 'Independent branches of equal size add up to depth^0.5';
  if (exponentialGrowth) {
    const { factor, r2 } = exponentialGrowth;
    const grows = `The stream’s RMS grows by a factor of ${factor.toFixed(2)} with every block (R² ${r2.toFixed(2)}), exponentially`;
    return [{ severity: 'warning', text: `${grows}. ${usual}; here the later blocks change ever less of it.` }];
  }
  return growth
    ? [
        {
          text:
            `The stream’s RMS goes as depth^${growth.exponent.toFixed(2)} (R² ${growth.r2.toFixed(2)}). ` +
            `${usual}; more means that blocks push the same way, or grow themselves.`,
        },
      ]
    : [];
}

/** The law that the stream follows, to be drawn along it. */
function growthCurve(blocks: readonly number[], { growth, exponentialGrowth }: DepthReport): ViewSeries[] {
  if (exponentialGrowth) {
    const { start, factor } = exponentialGrowth;
    return [
      { name: `${factor.toFixed(2)}^depth`, look: 'fourth', values: blocks.map((block) => start * factor ** block) },
    ];
  }
  return growth
    ? [
        {
          name: `depth^${growth.exponent.toFixed(2)}`,
          look: 'fourth',
          values: blocks.map((block) => growth.factor * (block + 1) ** growth.exponent),
        },
      ]
    : [];
}

function seriesCharts(shown: DepthSeries, report: DepthReport): ViewChart[] {
  const { pattern, blocks, mean, variance, rms, absMax } = shown;
  const x = { title: 'Block', positions: Uint32Array.from(blocks), scale: 'index', noun: 'Block' } as const;
  return [
    {
      title: `RMS and largest |x| of ${pattern}`,
      x,
      y: { title: 'RMS, max |x|', scale: 'byRange' },
      isPath: true,
      series: [
        { name: 'RMS', look: 'after', values: rms },
        { name: 'max |x|', look: 'third', values: absMax },
        ...(pattern === report.stream ? growthCurve(blocks, report) : []),
      ],
    },
    {
      title: `Mean and variance (÷N) of ${pattern}`,
      x,
      y: { title: 'Mean, variance (÷N)', scale: 'linear' },
      isPath: true,
      series: [
        { name: 'mean', look: 'before', values: mean },
        { name: 'variance (÷N)', look: 'after', values: variance },
      ],
    },
  ];
}

function cosineChart({ pattern, blocks }: DepthSeries, { neighbourCosine }: DepthReport): ViewChart[] {
  return neighbourCosine.length < 2
    ? []
    : [
        {
          title: `Cosine of ${pattern} and that of the next block`,
          x: {
            title: 'Block',
            positions: Uint32Array.from(blocks.slice(0, neighbourCosine.length)),
            scale: 'index',
            noun: 'Block',
          },
          y: { title: 'Cosine', scale: 'linear' },
          isPath: true,
          series: [{ name: 'cosine', look: 'after', values: neighbourCosine }],
        },
      ];
}

function table({ series }: DepthReport): ViewTable {
  return {
    title: 'Tensors by depth',
    columns: ['Tensors', 'Kind', 'Blocks', 'First RMS', 'Last RMS', 'Last ÷ first', 'Max |x|', 'NaN', 'Inf'],
    rows: series.map(({ pattern, kind, blocks, rms, absMax, nan, inf }) => [
      pattern,
      kind,
      blocks.length,
      rms[0],
      rms[rms.length - 1],
      rms[0] === 0 ? '' : rms[rms.length - 1] / rms[0],
      absMax.reduce((most, value) => Math.max(most, value), 0),
      nan.reduce((sum, count) => sum + count, 0),
      inf.reduce((sum, count) => sum + count, 0),
    ]),
    picks: 'detail',
  };
}
