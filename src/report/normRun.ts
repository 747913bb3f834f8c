import { forwardRows, type Forward } from '../norm/forward';
import { geometryOf, type Geometry } from '../norm/geometry';
import type { GradientCheck } from '../norm/gradientCheck';
import type { NormCase } from '../norm/normCase';
import { parametersOf, type NormParameters } from '../norm/parameters';
import { inCOrder, inRowOrder } from '../norm/rowOrder';
import { toFloat64 } from '../tensor/tensor';
import type { GradientSweep } from './gradientSweeps';
import type { Identified } from './identificationReport';
import { featureMoments } from './featureMoments';
import { rowMoments, type RowMoments } from './rowMoments';
import type { ViewReport } from './viewReport';

/** One norm applied to its case; every part is computed when a report first asks for it and kept. */
export class NormRun {
  readonly geometry: Geometry;
  /** (rows, cols) */
  readonly x: Float64Array;
  readonly parameters: NormParameters;
  /** The verdict on the gradients, once a report has asked for it. */
  gradientCheck?: GradientCheck;
  /** Its errors by step size. */
  gradientSweeps?: readonly GradientSweep[];
  /** Likewise what identifying the norm has found. */
  identification?: Identified;
  /** How all values are spread, once that was asked for. */
  distribution?: ViewReport;
  private readonly kept: {
    forward?: Forward;
    before?: RowMoments;
    normalized?: RowMoments;
    output?: RowMoments;
    features?: ReturnType<typeof featureMoments>;
  } = {};

  /** @throws ShapeError if the spec does not fit x, or weight or bias do not fit the spec */
  constructor(readonly normCase: NormCase) {
    this.geometry = geometryOf(normCase);
    this.x = inRowOrder(this.geometry, toFloat64(normCase.x));
    this.parameters = parametersOf(normCase);
  }

  /** Row by row, as x is here. */
  get forward(): Forward {
    return (this.kept.forward ??= forwardRows(this.normCase.spec, this.geometry, this.x, this.parameters));
  }

  /** y in C order, of the shape of x. */
  get y(): Float64Array {
    return inCOrder(this.geometry, this.forward.y);
  }

  /** Moments of the rows of x. */
  get before(): RowMoments {
    return (this.kept.before ??= rowMoments(this.x, this.geometry));
  }

  /** Moments of the rows of x̂. */
  get normalized(): RowMoments {
    return (this.kept.normalized ??= rowMoments(this.forward.normalized, this.geometry));
  }

  /** Moments of the rows of y. */
  get output(): RowMoments {
    return (this.kept.output ??= rowMoments(this.forward.y, this.geometry));
  }

  /** Moments of the features of x̂ over the rows. */
  get normalizedFeatures(): ReturnType<typeof featureMoments> {
    return (this.kept.features ??= featureMoments(this.forward.normalized, this.geometry));
  }
}
