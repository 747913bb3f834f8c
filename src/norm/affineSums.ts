import type { Geometry } from './geometry';
import type { NormSpec } from './normSpec';
import { featureCount, scaleOf, type NormParameters } from './parameters';
import { RowGradient } from './rowGradient';

/** What a gradient of weight, bias or α turns out to be. */
export type SumKind =
  'full' | 'swapped' | 'wrong-axis' | 'weighted' | 'no-weight' | 'uncentered' | 'scaled' | 'unknown';

/** One way, right or wrong, to sum a gradient of weight, bias or α. */
export interface AffineSum {
  readonly kind: SumKind;
  /** What it is, to be read after “It is”. */
  readonly words: string;
  /** (features,) */
  readonly value: Float64Array;
  /** (features,): Σ |term| · (1 + |x̂|) · (1 + |mean| · rstd), without the latter factors for sums of dy. */
  readonly scale: Float64Array;
}

/** The right gradients of weight and bias, each first, and the wrong ones that people write. */
export interface AffineSums {
  readonly gradWeight: readonly AffineSum[];
  readonly gradBias: readonly AffineSum[];
}

/**
 * Sums the gradients of weight and bias in every way that is tried: over the rows, Σ dy x̂ and Σ dy; with γ left in; with x
 * in place of x − mean; and over the features, where there are as many rows as features, so that the shape gives nothing
 * away.
 *
 * @param x, gradOutput (rows, cols)
 * @throws ShapeError if a parameter does not fit
 */
export function affineSums(
  spec: NormSpec,
  geometry: Geometry,
  x: Float64Array,
  gradOutput: Float64Array,
  parameters: NormParameters,
): AffineSums {
  const { rows, cols, rowFeature, colFeature } = geometry;
  const features = featureCount(geometry);
  const row = new RowGradient(spec, geometry, parameters);
  const rms = row.centred ? new RowGradient({ ...spec, kind: 'rms_norm' }, geometry, parameters) : undefined;
  const sum = (kind: SumKind, words: string) => new Sum(kind, words, features);
  const weight = sum('full', 'the right sum, of dy x̂ over the rows');
  const bias = sum('full', 'the right sum, of dy over the rows');
  const weightedWeight = sum('weighted', 'the sum of γ dy x̂: the weight γ does not belong there');
  const weightedBias = sum('weighted', 'the sum of γ dy: the weight γ does not belong there');
  const rmsWeight = sum('uncentered', 'the sum of dy x̂ of an RMSNorm: nothing is centred');
  const uncentredWeight = sum('uncentered', 'the sum of dy x · rstd: the mean is not subtracted');
  const acrossWeight = sum('wrong-axis', 'the sum of dy x̂ over the features instead of over the rows');
  const acrossBias = sum('wrong-axis', 'the sum of dy over the features instead of over the rows');
  const isSquare = rows === features && cols === features;
  for (let r = 0, i = 0; r < rows; r++) {
    row.enter(x, gradOutput, r);
    rms?.enter(x, gradOutput, r);
    const offset = 1 + Math.abs(row.mean) * row.rstd;
    for (let c = 0; c < cols; c++, i++) {
      const feature = rowFeature[r] + colFeature[c];
      const dy = gradOutput[i];
      const normalized = row.normalized[c];
      const spread = (1 + Math.abs(normalized)) * offset;
      weight.add(feature, dy * normalized, Math.abs(dy) * spread);
      bias.add(feature, dy, Math.abs(dy));
      weightedWeight.add(feature, row.g[c] * normalized, Math.abs(row.g[c]) * spread);
      weightedBias.add(feature, row.g[c], Math.abs(row.g[c]));
      if (rms) {
        rmsWeight.add(feature, dy * rms.normalized[c], Math.abs(dy) * spread);
        uncentredWeight.add(feature, dy * (normalized + row.mean * row.rstd), Math.abs(dy) * spread);
      }
      if (isSquare) {
        acrossWeight.add(r, dy * normalized, Math.abs(dy) * spread);
        acrossBias.add(r, dy, Math.abs(dy));
      }
    }
  }
  const isScaled = scaleOf(spec, features, parameters).some((value) => value !== 1);
  const swapped = (other: AffineSum, words: string): AffineSum => ({ ...other, kind: 'swapped', words });
  return {
    gradWeight: [
      weight,
      swapped(bias, 'the gradient of the bias, the sum of dy: the two are swapped'),
      ...(isSquare ? [acrossWeight] : []),
      ...(isScaled ? [weightedWeight] : []),
      ...(rms ? [rmsWeight, uncentredWeight] : []),
    ],
    gradBias: [
      bias,
      swapped(weight, 'the gradient of the weight, the sum of dy x̂: the two are swapped'),
      ...(isSquare ? [acrossBias] : []),
      ...(isScaled ? [weightedBias] : []),
    ],
  };
}

/** A sum of terms by feature, and of their sizes. */
export class Sum implements AffineSum {
  readonly value: Float64Array;
  readonly scale: Float64Array;

  constructor(
    readonly kind: SumKind,
    readonly words: string,
    features: number,
  ) {
    this.value = new Float64Array(features);
    this.scale = new Float64Array(features);
  }

  add(feature: number, term: number, scale: number): void {
    this.value[feature] += term;
    this.scale[feature] += scale;
  }
}
