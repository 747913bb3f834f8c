import type { KernelMemory } from '../kernelMemory';
import type { BackwardAreas, KernelNorm } from '../kernels';

/** Twin of `backward`, in float64 throughout and rounded once. */
export function backward(
  memory: KernelMemory,
  norm: KernelNorm,
  areas: BackwardAreas,
  rows: number,
  cols: number,
): void {
  const x = memory.float32(areas.x, rows * cols);
  const gradOutput = memory.float32(areas.gradOutput, rows * cols);
  const gradInput = memory.float32(areas.gradInput, rows * cols);
  const weight = areas.weight === undefined ? new Float32Array(cols).fill(1) : memory.float32(areas.weight, cols);
  const means = memory.float64(areas.mean, rows);
  const rstds = memory.float64(areas.rstd, rows);
  const gradWeight = memory.float64(areas.gradWeight, cols);
  const gradBias = areas.gradBias === undefined ? new Float64Array(cols) : memory.float64(areas.gradBias, cols);
  for (let row = 0; row < rows; row++) {
    const start = row * cols;
    const mean = means[row];
    const rstd = rstds[row];
    let sumOfG = 0;
    let sumOfGX = 0;
    for (let c = 0; c < cols; c++) {
      const g = gradOutput[start + c] * weight[c];
      sumOfG += g;
      sumOfGX += g * ((x[start + c] - mean) * rstd);
    }
    const meanOfG = norm === 'layer_norm' ? sumOfG / cols : 0;
    const slope = sumOfGX / cols;
    for (let c = 0; c < cols; c++) {
      const dy = gradOutput[start + c];
      const normalized = (x[start + c] - mean) * rstd;
      gradInput[start + c] = rstd * (dy * weight[c] - meanOfG - normalized * slope);
      gradWeight[c] += dy * normalized;
      gradBias[c] += dy;
    }
  }
}
