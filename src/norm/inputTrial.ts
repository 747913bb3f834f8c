import { toFloat64, type Tensor } from '../tensor/tensor';
import { GradientTally, type GradientResult } from './gradientTally';
import type { Geometry } from './geometry';
import { precisionOf } from './precision';
import type { RowGradient } from './rowGradient';
import { inRowOrder, positionInX } from './rowOrder';
import { WrongGradients } from './wrongGradients';

/** Holds the input gradient of a file against the engine's and against the common wrong ones, a row at a time. */
export class InputTrial {
  private readonly found: Float64Array;
  private readonly tally: GradientTally;
  private readonly wrongGradients: WrongGradients;
  private readonly limit: number;
  private readonly unit: number;
  private readonly quantum: number;

  /**
   * @param centred whether the row's own mean is subtracted
   * @param limitOf what the error of a right gradient may be, by the unit roundoff of its format
   */
  constructor(
    private readonly gradInput: Tensor,
    private readonly geometry: Geometry,
    centred: boolean,
    limitOf: (unit: number) => number,
  ) {
    const { unit, quantum } = precisionOf(gradInput);
    this.found = inRowOrder(geometry, toFloat64(gradInput));
    this.tally = new GradientTally(this.found.length);
    this.wrongGradients = new WrongGradients(centred);
    this.unit = unit;
    this.quantum = quantum;
    this.limit = limitOf(unit);
  }

  /**
   * Adds the row entered, unless it has no finite gradient.
   *
   * @param number which row it is
   * @param offset 1 + |mean| · rstd of the row
   */
  addRow(row: RowGradient, number: number, offset: number): void {
    const { normalized, rstd, varianceTerm, largestG } = row;
    const { cols } = this.geometry;
    const start = number * cols;
    if (!(rstd > 0 && rstd < Infinity && Number.isFinite(varianceTerm))) {
      return;
    }
    for (let c = 0; c < cols; c++) {
      const found = this.found[start + c];
      const terms = rstd * largestG * (1 + Math.abs(normalized[c])) * offset;
      const errorScale = terms + this.quantum / this.limit;
      this.tally.add(positionInX(this.geometry, start + c), found, row.gradInput(c), errorScale);
      this.wrongGradients.add(row, found, c, errorScale);
    }
  }

  result(): GradientResult {
    const result = this.tally.result('gradInput', 'file', this.gradInput.shape, this.limit);
    const wrong = this.wrongGradients.finding(this.limit, this.unit);
    const { backward, explanation } = wrong ?? {};
    return { ...result, passed: result.passed && wrong === undefined, backward, explanation };
  }
}
