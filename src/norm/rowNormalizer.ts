import { binaryScale } from './binaryScale';
import { measuredCount, measuresApart, squaresDeviations, type NormSpec } from './normSpec';
import { heldStatistics, type NormParameters } from './parameters';

/** Magnitudes whose squares, summed over any row, stay far from overflow and underflow: no scaling is needed. */
const smallestPlain = 2 ** -400;
const largestPlain = 2 ** 400;
/** Squares are summed in blocks: one long sum loses √cols roundoffs, which differences in a gradient check would show. */
const blockLength = 128;

/**
 * Normalizes one row at a time; the one kernel that every forward, backward and difference goes through.
 *
 *   x̂ = c / D,  c = x − mean, or x for rms_norm, l2_norm and scale_norm
 *   V = Σ c² / (cols or cols − 1), undivided for l2_norm and scale_norm
 *   D = √(V + eps) (inside), √V + eps (outside), max(√V, eps) (clamp)
 *
 * An rms_norm may take V of the deviations from the mean, though its c is x (`secondMoment`), and of the first values alone
 * (`partial`).
 *
 * With running statistics, mean and V are those of the row's channel. dyt takes none: x̂ = tanh(α x).
 *
 * Float64, the mean before the squares. The rounded mean is corrected by the mean of what it leaves, so that c is right
 * to the last bits for rows such as 10000 + i · 1e-3, and exactly zero for constant rows. Rows whose squares would leave the range
 * of float64 are scaled by a power of two, which changes no bit of the others. NaN and Inf come out as in PyTorch: a
 * layer_norm row that holds one is NaN throughout; an rms_norm row that holds Inf is 0 where finite and NaN where not;
 * D = 0 gives 0 · ∞ = NaN.
 *
 * The fields tell of the row normalized last, so that no object is made per row.
 */
export class RowNormalizer {
  /** Mean of the row; 0 for the norms that take none. */
  mean = 0;
  /** V, in units of x squared; Infinity beyond the range of float64, NaN for dyt. */
  variance = 0;
  /** 1 / D; α for dyt. */
  rstd = 0;
  /** k in the gradient's variance correction −x̂ · k · Σ γ dy x̂: (∂D/∂c) / c. Zero where D does not depend on x. */
  varianceFactor = 0;
  /** Distance in units of x over which D changes by as much as itself: the yardstick of difference steps. */
  curvatureLength = 0;
  /** False where D has a kink or is zero, so that the row has no gradient. */
  differentiable = true;

  /** How many values of a row V is of. */
  readonly measured: number;

  /** Whether V is of deviations from the mean. */
  private readonly deviates: boolean;
  /** Whether V is of other values than x̂. */
  private readonly apart: boolean;
  private readonly divisor: number;
  /** eps as a length in units of x. */
  private readonly epsLength: number;
  private readonly held: ReturnType<typeof heldStatistics>;
  private readonly alpha: number | undefined;
  private channel = 0;

  constructor(
    private readonly spec: NormSpec,
    private readonly cols: number,
    parameters: NormParameters = {},
  ) {
    const isNorm = spec.kind === 'l2_norm' || spec.kind === 'scale_norm';
    this.apart = measuresApart(spec);
    this.deviates = squaresDeviations(spec);
    this.measured = measuredCount(spec, cols);
    this.divisor = isNorm ? 1 : spec.divisor === 'n' ? this.measured : this.measured - 1;
    this.epsLength = spec.epsPlace === 'inside' ? Math.sqrt(spec.eps) : spec.eps;
    this.held = heldStatistics(spec, parameters);
    this.alpha = spec.kind === 'dyt' ? (parameters.alpha?.[0] ?? 0.5) : undefined;
  }

  /** True if mean and V are given, so that x̂ of one value does not depend on the others. */
  get isHeld(): boolean {
    return this.held !== undefined;
  }

  /** Says which channel the next rows are of: the first feature of the row. */
  turnTo(channel: number): void {
    this.channel = channel;
  }

  /**
   * Writes x̂ of the row `x[start … start + cols)` to `out` from `outStart` on, and sets the fields.
   */
  normalize(x: Float64Array, start: number, out: Float64Array, outStart: number): void {
    if (this.alpha !== undefined) {
      this.squash(this.alpha, x, start, out, outStart);
    } else if (this.held) {
      this.applyHeld(this.held.mean[this.channel], this.held.variance[this.channel], x, start, out, outStart);
    } else {
      this.applyOwn(x, start, out, outStart);
    }
  }

  private squash(alpha: number, x: Float64Array, start: number, out: Float64Array, outStart: number): void {
    for (let i = 0; i < this.cols; i++) {
      out[outStart + i] = Math.tanh(alpha * x[start + i]);
    }
    this.variance = NaN;
    this.rstd = alpha;
    this.curvatureLength = 1 / Math.abs(alpha);
    this.differentiable = alpha !== 0 && Number.isFinite(alpha);
  }

  private applyHeld(
    mean: number,
    variance: number,
    x: Float64Array,
    start: number,
    out: Float64Array,
    outStart: number,
  ): void {
    const reciprocal = this.setStatistics(variance, 1);
    this.mean = mean;
    this.varianceFactor = 0;
    this.curvatureLength = 1 / reciprocal;
    for (let i = 0; i < this.cols; i++) {
      out[outStart + i] = (x[start + i] - mean) * reciprocal;
    }
  }

  private applyOwn(x: Float64Array, start: number, out: Float64Array, outStart: number): void {
    const { cols, measured } = this;
    let absMax = 0;
    let sum = 0;
    for (let i = start; i < start + measured; i++) {
      const magnitude = Math.abs(x[i]);
      absMax = magnitude > absMax ? magnitude : absMax;
      sum += x[i];
    }
    const magnitude = Math.max(absMax, this.epsLength);
    const isPlain = magnitude >= smallestPlain && magnitude <= largestPlain;
    const scale = isPlain ? 1 : binaryScale(magnitude);
    const inverse = 1 / scale;

    let roughMean = 0;
    let rest = 0;
    if (this.deviates) {
      roughMean = (isPlain ? sum : scaledSum(x, start, measured, inverse)) / measured;
      for (let i = start; i < start + measured; i++) {
        rest += x[i] * inverse - roughMean;
      }
      rest /= measured;
    }
    let squares = 0;
    for (let block = 0; block < measured; block += blockLength) {
      const end = Math.min(measured, block + blockLength);
      let blockSum = 0;
      for (let i = block; i < end; i++) {
        const deviation = x[start + i] * inverse - roughMean - rest;
        out[outStart + i] = deviation;
        blockSum += deviation * deviation;
      }
      squares += blockSum;
    }
    // A constant row needs no scale, and eps may vanish in units of a huge one.
    const unit = squares === 0 ? 1 : scale;
    const reciprocal = this.setStatistics(squares / this.divisor, unit);
    this.mean = (roughMean + rest) * scale;
    if (this.apart) {
      for (let i = 0; i < cols; i++) {
        out[outStart + i] = x[start + i] / unit;
      }
    }
    for (let i = outStart; i < outStart + cols; i++) {
      out[i] *= reciprocal;
    }
  }

  /** Sets all fields but the mean from the variance in units of scale²; returns 1 / D in units of 1 / scale. */
  private setStatistics(variance: number, scale: number): number {
    const { spec, divisor } = this;
    const inverse = 1 / scale;
    const std = Math.sqrt(variance);
    const eps = spec.eps * inverse;
    let denominator: number;
    let follows = true;
    this.differentiable = true;
    if (spec.epsPlace === 'inside') {
      denominator = Math.sqrt(variance + eps * inverse);
    } else if (spec.epsPlace === 'outside') {
      denominator = std + eps;
      follows = std > 0;
      this.differentiable = follows;
    } else {
      denominator = Math.max(std, eps);
      follows = std > eps;
      this.differentiable = Math.abs(std - eps) > 1e-3 * denominator;
    }
    const slope = spec.epsPlace === 'inside' ? denominator : std;
    this.variance = variance * scale * scale;
    this.rstd = inverse / denominator;
    this.varianceFactor = follows ? inverse / (divisor * slope) : 0;
    this.curvatureLength = (follows ? slope : denominator) * scale;
    this.differentiable &&= this.rstd > 0 && this.rstd < Infinity;
    return 1 / denominator;
  }
}

function scaledSum(x: Float64Array, start: number, cols: number, inverse: number): number {
  let sum = 0;
  for (let i = start; i < start + cols; i++) {
    sum += x[i] * inverse;
  }
  return sum;
}
