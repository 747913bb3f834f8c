import type { KernelMemory } from '../kernelMemory';
import type { ForwardAreas, KernelNorm } from '../kernels';

/** Twin of `forward`, in float64 throughout and rounded once. */
export function forward(
  memory: KernelMemory,
  norm: KernelNorm,
  areas: ForwardAreas,
  rows: number,
  cols: number,
  eps: number,
): void {
  const x = memory.float32(areas.x, rows * cols);
  const y = memory.float32(areas.y, rows * cols);
  const weight = areas.weight === undefined ? new Float32Array(cols).fill(1) : memory.float32(areas.weight, cols);
  const bias = areas.bias === undefined ? new Float32Array(cols) : memory.float32(areas.bias, cols);
  const means = memory.float64(areas.mean, rows);
  const rstds = memory.float64(areas.rstd, rows);
  for (let row = 0; row < rows; row++) {
    const start = row * cols;
    const mean = norm === 'layer_norm' ? meanOf(x, start, cols) : 0;
    let sumSquares = 0;
    for (let i = start; i < start + cols; i++) {
      sumSquares += (x[i] - mean) ** 2;
    }
    const rstd = 1 / Math.sqrt(sumSquares / cols + eps);
    for (let c = 0; c < cols; c++) {
      y[start + c] = (x[start + c] - mean) * rstd * weight[c] + bias[c];
    }
    means[row] = mean;
    rstds[row] = rstd;
  }
}

/** The mean of a row of float32, whose sum float64 holds exactly or nearly so. */
function meanOf(x: Float32Array, start: number, cols: number): number {
  let sum = 0;
  for (let i = start; i < start + cols; i++) {
    sum += x[i];
  }
  return sum / cols;
}
