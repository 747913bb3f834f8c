import type { Shape } from '../tensor/shape';
import { featureCount } from '../norm/parameters';
import type { NormRun } from './normRun';
import { pick, stretchOf, thin, type Focus } from './thin';

/** What γ and β do to each feature of the output; mean and standard deviation (÷N) are over the rows. */
export interface FeaturesReport {
  readonly featureCount: number;
  /** The shape of weight and bias: feature 5 of (2, 3) is feature (1, 2). */
  readonly featureShape: Shape;
  /** Rows that the statistics are over: those whose normalized values are all finite. */
  readonly rowsUsed: number;
  readonly rowCount: number;
  readonly hasWeight: boolean;
  readonly hasBias: boolean;
  /** One entry per shown feature, of many those with the extremes of every series; arrays of equal length, `feature` ascending. */
  readonly points: {
    readonly feature: Uint32Array;
    /** The factor really applied: weight + weightOffset, scaled by the slider; ones without a weight. */
    readonly weight: Float64Array;
    /** The shift really applied, moved by the slider; zeros without a bias. */
    readonly bias: Float64Array;
    readonly meanWith: Float64Array;
    readonly stdWith: Float64Array;
    readonly meanWithout: Float64Array;
    readonly stdWithout: Float64Array;
  };
}

/** How γ and β are varied: γ is multiplied by `weightScale`, β moved by `biasShift`; `affine: false` drops both. */
export interface AffineChoice {
  readonly affine: boolean;
  readonly weightScale: number;
  readonly biasShift: number;
}

/**
 * Per feature, the mean and the standard deviation of the output over the rows, with γ and β as chosen and without.
 *
 * y[r, c] = x̂[r, c] · γ[c] + β[c], so a feature's mean is mean(x̂) · γ + β and its standard deviation std(x̂) · |γ|:
 * varying γ and β costs no second pass over the rows.
 *
 * @param focus "Feature"s that are looked at closely
 */
export function featuresReport(run: NormRun, choice: AffineChoice, focus?: Focus): FeaturesReport {
  const { geometry, parameters } = run;
  const features = featureCount(geometry);
  const { mean, std, rowsUsed } = run.normalizedFeatures;
  const weight = new Float64Array(features).fill(1);
  const bias = new Float64Array(features);
  if (choice.affine) {
    for (let c = 0; c < features; c++) {
      const stored = parameters.weight === undefined ? 1 : parameters.weight[c] + run.normCase.spec.weightOffset;
      weight[c] = stored * choice.weightScale;
      bias[c] = (parameters.bias?.[c] ?? 0) + choice.biasShift;
    }
  }
  const meanWith = mean.map((value, c) => value * weight[c] + bias[c]);
  const stdWith = std.map((value, c) => value * Math.abs(weight[c]));
  const shown = thin([weight, bias, meanWith, stdWith, mean, std], [], stretchOf(focus, 'Feature', features));
  return {
    featureCount: features,
    featureShape: geometry.affineShape,
    rowsUsed,
    rowCount: geometry.rows,
    hasWeight: parameters.weight !== undefined,
    hasBias: parameters.bias !== undefined,
    points: {
      feature: shown,
      weight: pick(weight, shown),
      bias: pick(bias, shown),
      meanWith: pick(meanWith, shown),
      stdWith: pick(stdWith, shown),
      meanWithout: pick(mean, shown),
      stdWithout: pick(std, shown),
    },
  };
}
