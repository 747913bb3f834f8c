import type { NormSpec } from './normSpec';
import { RowNormalizer } from './rowNormalizer';

/**
 * What the input gradient of one row is made of. With g = dy · (weight + weightOffset),
 *
 *   dx = rstd · (g − meanOfG) − varianceTerm · x̂,  varianceTerm = k · Σ g x̂
 *
 * k = (∂D/∂c) / c is rstd / cols for eps inside and divisor n. The fields tell of the row entered last, so that no
 * object is made per row.
 */
export class RowGradient {
  /** x̂, (cols,). */
  readonly normalized: Float64Array;
  /** mean(g); 0 for rms_norm, which has no mean to differentiate. */
  meanOfG = 0;
  varianceTerm = 0;
  /** Largest |g|. */
  largestG = 0;

  private readonly normalizer: RowNormalizer;
  private readonly centred: boolean;

  /** @param scale weight + weightOffset, (cols,) */
  constructor(
    spec: NormSpec,
    private readonly scale: Float64Array,
  ) {
    this.normalizer = new RowNormalizer(spec, scale.length);
    this.normalized = new Float64Array(scale.length);
    this.centred = spec.kind === 'layer_norm';
  }

  get rstd(): number {
    return this.normalizer.rstd;
  }

  /** Mean of the row; 0 for rms_norm. */
  get mean(): number {
    return this.normalizer.mean;
  }

  /** Turns to the row that starts at `start` in x and gradOutput. */
  enter(x: Float64Array, gradOutput: Float64Array, start: number): void {
    const { normalizer, normalized, scale } = this;
    normalizer.normalize(x, start, normalized, 0);
    let sum = 0;
    let projection = 0;
    let largest = 0;
    for (let c = 0; c < scale.length; c++) {
      const g = gradOutput[start + c] * scale[c];
      const magnitude = Math.abs(g);
      sum += g;
      projection += g * normalized[c];
      largest = magnitude > largest ? magnitude : largest;
    }
    this.meanOfG = this.centred ? sum / scale.length : 0;
    this.varianceTerm = normalizer.varianceFactor * projection;
    this.largestG = largest;
  }
}
