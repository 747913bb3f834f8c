import { forward } from './forward';
import { momentsOf, variance } from './moments';
import { defaultSpec } from './normSpec';

/** Sequences in a batch: x is (sequences, length, features), row-major, and each sequence may be cut short. */
export interface PaddedBatch {
  readonly x: Float64Array;
  readonly sequences: number;
  readonly length: number;
  readonly features: number;
  /** How many tokens of each sequence are real; the rest is padding, which is zero. */
  readonly lengths: readonly number[];
}

/** What one way to normalize makes of the same real tokens, in a batch without padding and with it. */
export interface PaddingEffect {
  /** Per token of the batch, in C order: ‖padded − alone‖ / ‖alone‖ of its output; NaN for padding. */
  readonly change: Float64Array;
  /** The largest of them. */
  readonly maxChange: number;
}

/** How layer and batch normalization of one batch differ in what padding does to the real tokens. */
export interface BatchAgainstLayer {
  readonly layer: PaddingEffect;
  readonly batch: PaddingEffect;
  /** Mean and variance (÷N) of every token's output, (sequences · length,); NaN for padding. */
  readonly layerRows: { readonly mean: Float64Array; readonly variance: Float64Array };
  readonly batchRows: { readonly mean: Float64Array; readonly variance: Float64Array };
  /** Real tokens in the batch. */
  readonly tokens: number;
}

/**
 * Normalizes a batch over the features of each token (LayerNorm) and over all tokens of each feature (BatchNorm while
 * training), without γ and β: once over the real tokens alone and once with the padding counted as data, as happens where
 * no mask is applied.
 */
export function batchAgainstLayer(
  { x, sequences, length, features, lengths }: PaddedBatch,
  eps: number,
): BatchAgainstLayer {
  const rows = Array.from({ length: sequences * length }, (_, row) => row);
  const isReal = rows.map((row) => row % length < lengths[Math.floor(row / length)]);
  const real = rows.filter((row) => isReal[row]);
  const padded = x.map((value, i) => (isReal[Math.floor(i / features)] ? value : 0));
  const layer = overFeatures(padded, rows, features, eps);
  const batch = overTokens(padded, rows, features, eps);
  return {
    layer: effectOf(overFeatures(x, real, features, eps), layer, isReal, features),
    batch: effectOf(overTokens(x, real, features, eps), batch, isReal, features),
    layerRows: momentsOfRows(layer, isReal, features),
    batchRows: momentsOfRows(batch, isReal, features),
    tokens: real.length,
  };
}

/** Each of the rows over its features; the other rows stay 0. */
function overFeatures(x: Float64Array, rows: readonly number[], features: number, eps: number): Float64Array {
  const y = new Float64Array(x.length);
  const spec = { ...defaultSpec('layer_norm'), eps };
  for (const row of rows) {
    const values = x.subarray(row * features, (row + 1) * features);
    y.set(forward(spec, [features], values, {}).normalized, row * features);
  }
  return y;
}

/** Each feature over the rows, as a BatchNorm that trains on just these; the other rows stay 0. */
function overTokens(x: Float64Array, rows: readonly number[], features: number, eps: number): Float64Array {
  const y = new Float64Array(x.length);
  const batch = new Float64Array(rows.length * features);
  rows.forEach((row, i) => batch.set(x.subarray(row * features, (row + 1) * features), i * features));
  const spec = { ...defaultSpec('batch_norm'), training: true, eps };
  const { normalized } = forward(spec, [rows.length, features], batch, {});
  rows.forEach((row, i) => y.set(normalized.subarray(i * features, (i + 1) * features), row * features));
  return y;
}

function effectOf(
  alone: Float64Array,
  together: Float64Array,
  isReal: readonly boolean[],
  features: number,
): PaddingEffect {
  let maxChange = 0;
  const change = Float64Array.from(isReal, (real, row) => {
    if (!real) {
      return NaN;
    }
    let difference = 0;
    let size = 0;
    for (let at = row * features; at < (row + 1) * features; at++) {
      difference += (together[at] - alone[at]) ** 2;
      size += alone[at] ** 2;
    }
    const relative = difference === 0 ? 0 : Math.sqrt(difference / size);
    maxChange = Math.max(maxChange, relative);
    return relative;
  });
  return { change, maxChange };
}

function momentsOfRows(y: Float64Array, isReal: readonly boolean[], features: number) {
  const moments = isReal.map((real, row) => (real ? momentsOf(y, row * features, (row + 1) * features) : undefined));
  return {
    mean: Float64Array.from(moments, (row) => row?.mean ?? NaN),
    variance: Float64Array.from(moments, (row) => (row ? variance(row) : NaN)),
  };
}
