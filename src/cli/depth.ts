import { withComplexParts } from '../formats/complexParts';
import { depthOf } from '../report/depthOf';
import type { DepthReport } from '../report/depthReport';
import { formatNumber } from '../tensor/formatNumber';
import type { Command } from './command';
import { rawOptions } from './rawOptions';
import { table } from './table';
import { withDump } from './withDump';

/** Follows the tensors of a network through its layers: how the stream grows, where the norms stand, where NaN spreads. */
export const depth: Command = {
  usage: 'depth FILE',
  options: rawOptions,
  files: 1,
  run: ([path], options) =>
    withDump(path, options, async (dump) => {
      const report = await depthOf(withComplexParts(dump));
      return { json: report, text: textOf(report) };
    }),
};

function textOf(report: DepthReport): string {
  const { series, spread, steps } = report;
  if (series.length === 0 && steps.length === 0) {
    return 'No two tensors have names that differ in the number of a layer alone.';
  }
  const rows = series
    .filter(({ kind }) => kind !== 'parameter')
    .flatMap(({ names, mean, variance, rms, absMax, nan, inf }) =>
      names.map((name, i) => [name, ...[mean[i], variance[i], rms[i], absMax[i], nan[i], inf[i]].map(formatNumber)]),
    );
  return [
    table(['name', 'mean', 'variance ÷N', 'RMS', 'abs max', 'NaN', 'Inf'], rows),
    ...(steps.length > 0 ? ['', stepsTable(steps)] : []),
    '',
    ...sentencesOf(report),
    ...spread.map(
      ({ name, nan, inf, share }) => `${name}: ${nan} NaN, ${inf} Inf, ${formatNumber(100 * share)} % of it`,
    ),
  ].join('\n');
}

function stepsTable(steps: DepthReport['steps']): string {
  return table(
    ['step', 'abs max', 'gradient norm', 'NaN', 'Inf', 'first bad'],
    steps.map(({ step, absMax, gradientNorm, nan, inf, firstBad }) => [
      String(step),
      formatNumber(absMax),
      gradientNorm === undefined ? '' : formatNumber(gradientNorm),
      String(nan),
      String(inf),
      firstBad ?? '',
    ]),
  );
}

function sentencesOf(report: DepthReport): string[] {
  const { steps, stream, growth, exponentialGrowth, placement, neighbourCosine, orderGuessed } = report;
  return [
    ...(steps.length > 0 ? [`The layers are those of step ${steps.at(-1)!.step}, the last of ${steps.length}.`] : []),
    ...(stream ? [`The residual stream is ${stream}${orderGuessed ? ', by its name' : ''}.`] : []),
    ...(placement ? [`Its norms stand ${placementWords[placement]}.`] : []),
    ...(exponentialGrowth
      ? [
          `Its RMS grows by a factor of ${exponentialGrowth.factor.toFixed(2)} with every block (R² ${exponentialGrowth.r2.toFixed(2)}); independent branches add up to depth^0.5.`,
        ]
      : []),
    ...(growth && !exponentialGrowth
      ? [
          `Its RMS grows as depth^${growth.exponent.toFixed(2)} (R² ${growth.r2.toFixed(2)}); independent branches add up to depth^0.5.`,
        ]
      : []),
    ...(neighbourCosine.length > 0
      ? [`Cosine of each layer and the next: ${neighbourCosine.map((cosine) => cosine.toFixed(3)).join(', ')}.`]
      : []),
  ];
}

const placementWords: Readonly<Record<NonNullable<DepthReport['placement']>, string>> = {
  pre: 'before the branches: x + f(N(x))',
  post: 'after the sum: N(x + f(x))',
  sandwich: 'before and after the branches: x + N(f(N(x)))',
  output: 'after the branches: x + N(f(x))',
  parallel: 'before parallel branches: x + attention(N(x)) + mlp(N(x))',
};
