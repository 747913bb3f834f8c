import { batchAgainstLayer, type BatchAgainstLayer } from '../norm/batchAgainstLayer';
import { elementCount } from '../tensor/shape';
import { toFloat64 } from '../tensor/tensor';
import { counted } from '../tensor/formatCount';
import { formatNumber } from '../tensor/formatNumber';
import { indexChart, type Indexed } from './indexChart';
import type { NormRun } from './normRun';
import { saying, type ViewChart, type ViewReport, type ViewSentence } from './viewReport';

/**
 * The same activations normalized over the features of each token and over the tokens of each feature, with sequences of
 * different length: why LayerNorm suits sequences and BatchNorm does not.
 *
 * x is read as (…sequences, tokens, features), or as one sequence (tokens, features).
 *
 * @param padding share of the shortest sequence that is padding, from 0 to below 1; the first sequence keeps its length
 */
export function batchReport(run: NormRun, padding: number): ViewReport {
  const { shape } = run.normCase.x;
  const x = toFloat64(run.normCase.x);
  const features = shape[shape.length - 1];
  const length = shape.length > 1 ? shape[shape.length - 2] : 1;
  const sequences = elementCount(shape) / (features * length);
  if (sequences * length < 2) {
    return saying('A single token has no batch to be normalized over: x needs two rows or more.');
  }
  if (!x.every(Number.isFinite)) {
    return saying('x holds NaN or Inf, which would spoil every feature of a BatchNorm they stand in.');
  }
  const lengths = Array.from({ length: sequences }, (_, i) =>
    Math.max(1, Math.round(length * (1 - padding * (sequences > 1 ? i / (sequences - 1) : 1)))),
  );
  const effect = batchAgainstLayer({ x, sequences, length, features, lengths }, run.normCase.spec.eps);
  const padded = sequences * length - effect.tokens;
  const token: Indexed = {
    noun: 'Token',
    shape: shape.slice(0, -1),
    picks: run.geometry.rows === sequences * length ? 'row' : undefined,
  };
  return {
    sentences: sentencesOf(effect, padded),
    facts: [
      { name: 'sequences', value: sequences },
      { name: 'real tokens', value: effect.tokens },
      { name: 'padding tokens', value: padded },
    ],
    charts: chartsOf(effect, token),
    tables: [],
  };
}

function sentencesOf({ layer, batch }: BatchAgainstLayer, padded: number): ViewSentence[] {
  const percent = (share: number) => `${formatNumber(100 * share)} %`;
  return [
    {
      text:
        padded === 0
          ? 'Without padding both normalize real tokens only. Raise the share of padding to see what shorter sequences do.'
          : `With ${counted(padded, 'padding token')} counted as data, BatchNorm moves the output of a real token by up to ` +
            `${percent(batch.maxChange)} of its length; LayerNorm by ${percent(layer.maxChange)}: it looks at one token at a time.`,
    },
    {
      text: 'BatchNorm is taken as in training, over all tokens of the batch, so a token’s output depends on what else is in it; γ and β are left out of both.',
    },
  ];
}

function chartsOf({ layer, batch, layerRows, batchRows }: BatchAgainstLayer, token: Indexed): ViewChart[] {
  const chart = (title: string, y: ViewChart['y'], byLayer: Float64Array, byBatch: Float64Array): ViewChart =>
    indexChart(
      token,
      {
        title,
        y,
        series: [
          { name: 'LayerNorm', look: 'after', values: byLayer },
          { name: 'BatchNorm', look: 'third', values: byBatch },
        ],
      },
      (row) => !Number.isNaN(byLayer[row]),
    );
  return [
    chart('Mean of each token’s output', { title: 'Mean', scale: 'linear' }, layerRows.mean, batchRows.mean),
    chart(
      'Variance of each token’s output (÷N)',
      { title: 'Variance (÷N)', scale: 'byRange' },
      layerRows.variance,
      batchRows.variance,
    ),
    chart(
      'How far padding moves each real token’s output',
      { title: 'Share of its length', scale: 'linear' },
      layer.change,
      batch.change,
    ),
  ];
}
