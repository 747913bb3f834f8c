import type { Geometry } from './geometry';
import { isCentred, measuresApart, type NormSpec } from './normSpec';
import { featureCount, scaleOf, type NormParameters } from './parameters';
import { RowNormalizer } from './rowNormalizer';

/**
 * What the input gradient of one row is made of. With g = dy · (weight + weightOffset), for dyt · (1 − x̂²),
 *
 *   dx = rstd · (g − meanOfG) − varianceTerm · s,  varianceTerm = k · Σ g x̂
 *
 * s = x̂, but of an rms_norm whose D is of other values than it divides: rstd times their deviation from the mean, or zero
 * beyond the part that D is of. k = (∂D/∂c) / c is rstd / cols for eps inside and divisor n. With running statistics and for dyt both corrections are
 * zero. The fields tell of the row entered last, so that no object is made per row.
 */
export class RowGradient {
  /** x̂, (cols,). */
  readonly normalized: Float64Array;
  /** s, (cols,): the direction in which D grows. */
  readonly spread: Float64Array;
  /** (cols,): weight + weightOffset of the row's values. */
  readonly scale: Float64Array;
  /** g, (cols,). */
  readonly g: Float64Array;
  /** mean(g); 0 for the kinds that have no mean to differentiate. */
  meanOfG = 0;
  /** mean(g), whatever the kind. */
  plainMeanOfG = 0;
  varianceTerm = 0;
  /** Largest |dy · (weight + weightOffset)|: what errors are measured in, also where dyt is saturated and g vanishes. */
  largestG = 0;

  private readonly normalizer: RowNormalizer;
  /** True if the row's own mean is subtracted. */
  readonly centred: boolean;
  private readonly scales: Float64Array;

  /** @throws ShapeError if the weight does not fit */
  constructor(
    private readonly spec: NormSpec,
    private readonly geometry: Pick<Geometry, 'cols' | 'affineShape' | 'rowFeature' | 'colFeature'>,
    parameters: NormParameters,
  ) {
    const { cols } = geometry;
    this.normalizer = new RowNormalizer(spec, cols, parameters);
    this.normalized = new Float64Array(cols);
    this.spread = measuresApart(spec) ? new Float64Array(cols) : this.normalized;
    this.scale = new Float64Array(cols);
    this.g = new Float64Array(cols);
    this.scales = scaleOf(spec, featureCount(geometry), parameters);
    this.centred = isCentred(spec.kind) && !this.normalizer.isHeld;
  }

  get rstd(): number {
    return this.normalizer.rstd;
  }

  /** k: what Σ g x̂ is multiplied by in `varianceTerm`. */
  get varianceFactor(): number {
    return this.normalizer.varianceFactor;
  }

  /** Mean of the row; 0 for the norms that take none. */
  get mean(): number {
    return this.normalizer.mean;
  }

  /** Turns to a row of x and gradOutput, both (rows, cols). */
  enter(x: Float64Array, gradOutput: Float64Array, row: number): void {
    const { normalizer, normalized, scale, scales, g } = this;
    const { cols, rowFeature, colFeature } = this.geometry;
    const start = row * cols;
    const first = rowFeature[row];
    const squashes = this.spec.kind === 'dyt';
    normalizer.turnTo(first);
    normalizer.normalize(x, start, normalized, 0);
    let sum = 0;
    let projection = 0;
    let largest = 0;
    for (let c = 0; c < cols; c++) {
      scale[c] = scales[first + colFeature[c]];
      const slope = squashes ? 1 - normalized[c] * normalized[c] : 1;
      const scaled = gradOutput[start + c] * scale[c];
      g[c] = scaled * slope;
      const magnitude = Math.abs(scaled);
      sum += g[c];
      projection += g[c] * normalized[c];
      largest = magnitude > largest ? magnitude : largest;
    }
    if (this.spread !== normalized) {
      const { measured, mean, rstd } = normalizer;
      for (let c = 0; c < measured; c++) {
        this.spread[c] = (x[start + c] - mean) * rstd;
      }
    }
    this.plainMeanOfG = sum / cols;
    this.meanOfG = this.centred ? this.plainMeanOfG : 0;
    this.varianceTerm = normalizer.varianceFactor * projection;
    this.largestG = largest;
  }

  /** dx of value c of the row entered. */
  gradInput(c: number): number {
    return this.rstd * (this.g[c] - this.meanOfG) - this.varianceTerm * this.spread[c];
  }
}
