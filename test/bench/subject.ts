import type { ElementType } from '../../src/kernels/elementType';
import type { Address } from '../../src/kernels/kernelMemory';
import type { Kernels, MomentOrder } from '../../src/kernels/kernels';
import { momentBytes, momentColumns, momentNames } from '../../src/kernels/momentColumns';
import type { Bench } from './bench';
import { timed } from './contest';
import type { Data } from './data';
import type { Run } from './peer';

const eps = 1e-5;

/** Kernels that hold the data in their memory, and do the work that the peers do in theirs. */
export class Subject {
  private readonly rows: number;
  private readonly cols: number;
  private readonly x: Address;
  private readonly gradOutput: Address;
  private readonly affine: { readonly weight: Address; readonly bias: Address };
  private readonly statistics: { readonly mean: Address; readonly rstd: Address };
  private readonly y: Address;
  private readonly gradients: { readonly gradInput: Address; readonly gradWeight: Address; readonly gradBias: Address };

  constructor(
    private readonly kernels: Kernels,
    { rows, cols }: Pick<Bench, 'rows' | 'cols'>,
    data: Data,
  ) {
    const { memory } = kernels;
    this.rows = rows;
    this.cols = cols;
    this.x = this.put(data.x);
    this.gradOutput = this.put(data.gradOutput);
    this.affine = { weight: this.put(data.weight), bias: this.put(data.bias) };
    this.statistics = { mean: memory.reserve(8 * rows), rstd: memory.reserve(8 * rows) };
    this.y = memory.reserve(4 * rows * cols);
    this.gradients = {
      gradInput: memory.reserve(4 * rows * cols),
      gradWeight: memory.reserve(8 * cols),
      gradBias: memory.reserve(8 * cols),
    };
  }

  /** Puts elements into the kernels' memory. */
  put(values: Float32Array | Uint16Array): Address {
    const area = this.kernels.memory.reserve(values.byteLength);
    this.kernels.memory.bytes(area, values.byteLength).set(new Uint8Array(values.buffer));
    return area;
  }

  /** All moments of each row of (rows, cols) elements, by default of x. */
  rowMoments(start = this.x, dtype: ElementType = 'float32', order: MomentOrder = 4): Run {
    const { memory } = this.kernels;
    const mark = memory.mark();
    const table = memory.reserve(momentBytes * this.rows);
    const source = { start, dtype, littleEndian: true };
    const ms = timed(() => this.kernels.rowMoments(source, this.rows, this.cols, order, table));
    const columns = momentColumns(memory, table, this.rows);
    const digest = momentNames.filter((name) => name !== 'scale').map((name) => absoluteSum(columns[name]));
    memory.release(mark);
    return { ms, digest };
  }

  /** Mean and variance of each row, with whatever the kernel takes beside them. */
  meanVariance(): Run {
    const { ms, digest } = this.rowMoments(this.x, 'float32', 2);
    const columns = momentNames.filter((name) => name !== 'scale');
    return { ms, digest: [digest[columns.indexOf('mean')], digest[columns.indexOf('m2')]] };
  }

  /** LayerNorm of x. */
  forward(): Run {
    const { rows, cols, x, y } = this;
    const areas = { x, y, ...this.affine, ...this.statistics };
    const ms = timed(() => this.kernels.forward('layer_norm', areas, rows, cols, eps));
    const values = this.kernels.memory.float32(y, rows * cols);
    return { ms, digest: [absoluteSum(values), squareSum(values)] };
  }

  /** LayerNorm of x, and the gradients of x, weight and bias. */
  forwardBackward(): Run {
    const { rows, cols, x, y, gradOutput } = this;
    const { memory } = this.kernels;
    const { gradInput, gradWeight, gradBias } = this.gradients;
    const forwardAreas = { x, y, ...this.affine, ...this.statistics };
    const backwardAreas = { x, gradOutput, weight: this.affine.weight, ...this.statistics, ...this.gradients };
    const ms = timed(() => {
      this.kernels.forward('layer_norm', forwardAreas, rows, cols, eps);
      memory.float64(gradWeight, cols).fill(0);
      memory.float64(gradBias, cols).fill(0);
      this.kernels.backward('layer_norm', backwardAreas, rows, cols);
    });
    const results = [
      memory.float32(gradInput, rows * cols),
      memory.float64(gradWeight, cols),
      memory.float64(gradBias, cols),
    ];
    return { ms, digest: results.flatMap((values) => [absoluteSum(values), squareSum(values)]) };
  }
}

function absoluteSum(values: Float32Array | Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    sum += Math.abs(values[i]);
  }
  return sum;
}

function squareSum(values: Float32Array | Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    sum += values[i] * values[i];
  }
  return sum;
}
