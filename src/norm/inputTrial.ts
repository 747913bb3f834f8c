import { toFloat64, type Tensor } from '../tensor/tensor';
import { GradientTally, type GradientResult } from './gradientTally';
import type { NormKind } from './normSpec';
import { precisionOf } from './precision';
import type { RowGradient } from './rowGradient';
import { WrongGradients } from './wrongGradients';

/** Holds the input gradient of a file against the engine's and against the common wrong ones, a row at a time. */
export class InputTrial {
  private readonly found: Float64Array;
  private readonly tally: GradientTally;
  private readonly wrongGradients: WrongGradients;
  private readonly limit: number;
  private readonly unit: number;
  private readonly quantum: number;

  /** @param limitOf what the error of a right gradient may be, by the unit roundoff of its format */
  constructor(
    private readonly gradInput: Tensor,
    kind: NormKind,
    limitOf: (unit: number) => number,
  ) {
    const { unit, quantum } = precisionOf(gradInput);
    this.found = toFloat64(gradInput);
    this.tally = new GradientTally(this.found.length);
    this.wrongGradients = new WrongGradients(kind === 'layer_norm');
    this.unit = unit;
    this.quantum = quantum;
    this.limit = limitOf(unit);
  }

  /**
   * Adds the row entered, unless it has no finite gradient.
   *
   * @param start  where the row starts in x and gradOutput
   * @param scale  weight + weightOffset, (cols,)
   * @param offset 1 + |mean| · rstd of the row
   */
  addRow(row: RowGradient, start: number, gradOutput: Float64Array, scale: Float64Array, offset: number): void {
    const { normalized, rstd, meanOfG, varianceTerm, largestG } = row;
    if (!(rstd > 0 && rstd < Infinity && Number.isFinite(varianceTerm))) {
      return;
    }
    for (let c = 0; c < scale.length; c++) {
      const g = gradOutput[start + c] * scale[c];
      const found = this.found[start + c];
      const expected = rstd * (g - meanOfG) - varianceTerm * normalized[c];
      const terms = rstd * largestG * (1 + Math.abs(normalized[c])) * offset;
      const errorScale = terms + this.quantum / this.limit;
      this.tally.add(start + c, found, expected, errorScale);
      this.wrongGradients.add(row, found, g, normalized[c], errorScale);
    }
  }

  result(): GradientResult {
    const result = this.tally.result('gradInput', 'file', this.gradInput.shape, this.limit);
    const explanation = this.wrongGradients.explanation(this.limit, this.unit);
    return { ...result, passed: result.passed && explanation === undefined, explanation };
  }
}
