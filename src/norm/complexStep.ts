import { binaryScale } from './binaryScale';
import type { GradientProblem } from './gradientProblem';
import { isCentred, measuresApart } from './normSpec';
import { RowNormalizer } from './rowNormalizer';

/** In units of the row's curvature length: its square is below every roundoff, so that only the first order is left. */
const imaginaryStep = 2 ** -70;

/**
 * The derivative of the loss L = Σ gradOutput · y by one element of x as Im L(x + ih) / h, float64.
 *
 * No two losses are subtracted, so the step may be as small as one likes and rounding is all that is left: some 1e-16 where
 * central differences reach 1e-10. It needs a forward that is analytic in x, here written out in real and imaginary part:
 *
 *   c = x − mean (x for the kinds that take none),  V = Σ c² / divisor,  D = √(V + eps),  y = γ c / D
 *
 * with c² the complex square: |c|² would yield the gradient that lacks the variance correction. (Squire, Trapp: Using complex
 * variables to estimate derivatives of real functions, SIAM Review 40, 1998.)
 */
export class ComplexStep {
  private readonly normalizer: RowNormalizer;
  /** Re c of the row, in its unit. */
  private readonly centredReal: Float64Array;
  private readonly centred: boolean;

  constructor(private readonly problem: GradientProblem) {
    const { spec, cols, parameters } = problem;
    this.normalizer = new RowNormalizer(spec, cols, parameters);
    this.centredReal = new Float64Array(cols);
    this.centred = isCentred(spec.kind);
  }

  /**
   * True for the norms of a row's own statistics, of the same c that they divide, with eps under the root; others have a |c| or a
   * tanh, or are rare.
   */
  get applies(): boolean {
    const { spec } = this.problem;
    return spec.kind !== 'dyt' && spec.epsPlace === 'inside' && !this.normalizer.isHeld && !measuresApart(spec);
  }

  /** ∂L/∂x of one element of a row of the problem. */
  derivative(row: number, column: number): number {
    const { spec, geometry, cols, x, gradOutput, scale } = this.problem;
    const start = row * cols;
    const first = geometry.rowFeature[row];
    const { normalizer, centredReal } = this;
    normalizer.normalize(x, start, centredReal, 0);
    // D of the row is between 1 and 2 in this unit, so that no square leaves the range of float64.
    const unit = binaryScale(normalizer.curvatureLength);
    this.centre(x, start, unit);
    const shift = this.centred ? imaginaryStep / cols : 0;
    const isUndivided = spec.kind === 'l2_norm' || spec.kind === 'scale_norm';
    const divisor = isUndivided ? 1 : spec.divisor === 'n' ? cols : cols - 1;

    let squaresReal = 0;
    let squaresImag = 0;
    for (let c = 0; c < cols; c++) {
      const real = centredReal[c];
      const imag = (c === column ? imaginaryStep : 0) - shift;
      squaresReal += real * real - imag * imag;
      squaresImag += 2 * real * imag;
    }
    const root = squareRoot(squaresReal / divisor + spec.eps / unit / unit, squaresImag / divisor);
    const magnitude = root.real * root.real + root.imag * root.imag;
    let lossImag = 0;
    for (let c = 0; c < cols; c++) {
      const real = centredReal[c];
      const imag = (c === column ? imaginaryStep : 0) - shift;
      const factor = gradOutput[start + c] * scale[first + geometry.colFeature[c]];
      lossImag += (factor * (imag * root.real - real * root.imag)) / magnitude;
    }
    return lossImag / imaginaryStep / unit;
  }

  /** Sets `centredReal`. The mean is subtracted twice, since of a row far from zero its rounding is left the first time. */
  private centre(x: Float64Array, start: number, unit: number): void {
    const { centredReal } = this;
    const { cols } = this.problem;
    for (let c = 0; c < cols; c++) {
      centredReal[c] = x[start + c] / unit;
    }
    for (let pass = 0; this.centred && pass < 2; pass++) {
      const mean = centredReal.reduce((sum, value) => sum + value / cols, 0);
      for (let c = 0; c < cols; c++) {
        centredReal[c] -= mean;
      }
    }
  }
}

/** The root in the right half plane. */
function squareRoot(real: number, imag: number): { real: number; imag: number } {
  const root = Math.sqrt((Math.hypot(real, imag) + real) / 2);
  return { real: root, imag: imag / (2 * root) };
}
