import type { KernelNorm, Kernels } from '../../../src/kernels/kernels';
import { borrowing } from './kernelPair';

/** A norm to run: x and gradOutput are (rows, cols), weight and bias (cols,); all are rounded to float32. */
export interface NormInput {
  readonly norm: KernelNorm;
  readonly rows: number;
  readonly cols: number;
  readonly eps: number;
  readonly x: readonly number[];
  readonly gradOutput: readonly number[];
  readonly weight?: readonly number[];
  readonly bias?: readonly number[];
}

/** What the kernels make of it; gradWeight and gradBias are those of all rows. */
export interface NormOutput {
  readonly y: number[];
  readonly mean: number[];
  readonly rstd: number[];
  readonly gradInput: number[];
  readonly gradWeight: number[];
  readonly gradBias: number[];
}

/** Runs forward and backward, so many rows to a call. */
export function runNorm(kernels: Kernels, input: NormInput, rowsPerCall = input.rows): NormOutput {
  const { norm, rows, cols, eps } = input;
  const { memory } = kernels;
  return borrowing(kernels, () => {
    const put = (values: readonly number[]) => {
      const area = memory.reserve(4 * values.length);
      memory.float32(area, values.length).set(values);
      return area;
    };
    const x = put(input.x);
    const gradOutput = put(input.gradOutput);
    const weight = input.weight && put(input.weight);
    const bias = input.bias && put(input.bias);
    const [y, gradInput] = [memory.reserve(4 * rows * cols), memory.reserve(4 * rows * cols)];
    const [mean, rstd] = [memory.reserve(8 * rows), memory.reserve(8 * rows)];
    const [gradWeight, gradBias] = [memory.reserve(8 * cols), memory.reserve(8 * cols)];
    memory.float64(gradWeight, cols).fill(0);
    memory.float64(gradBias, cols).fill(0);
    for (let row = 0; row < rows; row += rowsPerCall) {
      const count = Math.min(rowsPerCall, rows - row);
      const here = (area: number) => area + 4 * row * cols;
      const statistics = { mean: mean + 8 * row, rstd: rstd + 8 * row };
      kernels.forward(norm, { x: here(x), weight, bias, y: here(y), ...statistics }, count, cols, eps);
      const rowAreas = { x: here(x), gradOutput: here(gradOutput), gradInput: here(gradInput), ...statistics };
      kernels.backward(norm, { ...rowAreas, weight, gradWeight, gradBias }, count, cols);
    }
    return {
      y: [...memory.float32(y, rows * cols)],
      mean: [...memory.float64(mean, rows)],
      rstd: [...memory.float64(rstd, rows)],
      gradInput: [...memory.float32(gradInput, rows * cols)],
      gradWeight: [...memory.float64(gradWeight, cols)],
      gradBias: [...memory.float64(gradBias, cols)],
    };
  });
}
