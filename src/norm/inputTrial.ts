import { toFloat64, type Tensor } from '../tensor/tensor';
import { gradientLimit } from './gradientLimit';
import { GradientTally, type GradientResult } from './gradientTally';
import type { Geometry } from './geometry';
import { precisionOf, type Precision } from './precision';
import type { RowGradient } from './rowGradient';
import { inRowOrder, positionInX } from './rowOrder';

/** Holds the input gradient of a file against the engine's, a row at a time. */
export class InputTrial {
  private readonly found: Float64Array;
  private readonly tally: GradientTally;
  private readonly precision: Precision;
  private readonly limit: number;

  constructor(
    private readonly gradInput: Tensor,
    private readonly geometry: Geometry,
    /** (rows, cols): how far each may be off besides, because its inputs were rounded in print. */
    private readonly printed: Float64Array | undefined,
  ) {
    this.precision = precisionOf(gradInput);
    this.found = inRowOrder(geometry, toFloat64(gradInput));
    this.tally = new GradientTally(this.found.length);
    this.limit = gradientLimit(this.precision.unit, geometry.cols);
  }

  /**
   * Adds the row entered, unless it has no finite gradient.
   *
   * @param number which row it is
   */
  addRow(row: RowGradient, number: number): void {
    const { normalized, rstd, varianceTerm, largestG } = row;
    const offset = 1 + Math.abs(row.mean) * rstd;
    const { cols } = this.geometry;
    const start = number * cols;
    if (!(rstd > 0 && rstd < Infinity && Number.isFinite(varianceTerm))) {
      return;
    }
    for (let c = 0; c < cols; c++) {
      const terms = rstd * largestG * (1 + Math.abs(normalized[c])) * offset;
      const rounded = this.precision.quantum + (this.printed?.[start + c] ?? 0);
      const errorScale = terms + rounded / this.limit;
      this.tally.add(positionInX(this.geometry, start + c), this.found[start + c], row.gradInput(c), errorScale);
    }
  }

  result(): GradientResult {
    return this.tally.result('gradInput', 'file', this.gradInput.shape, this.limit);
  }
}
