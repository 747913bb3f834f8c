import type { Shape } from '../tensor/shape';

/** What γ and β do to each feature of the output; mean and standard deviation (÷N) are over the rows. */
export interface FeaturesReport {
  readonly featureCount: number;
  /** The normalized shape: feature 5 of (2, 3) is feature (1, 2). */
  readonly featureShape: Shape;
  readonly rowCount: number;
  readonly hasWeight: boolean;
  readonly hasBias: boolean;
  /** One entry per shown feature; arrays of equal length, `feature` ascending. */
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
  /** True if there are more features than points; the extremes of every series are kept. */
  readonly thinned: boolean;
}
