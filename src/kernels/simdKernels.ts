import { ElementCode } from './assembly/elementCode';
import { KernelMemory, type Address, type LinearMemory } from './kernelMemory';
import type { Kernels, MomentOrder } from './kernels';

/** What src/kernels/assembly/index.ts exports. Numbers are 32-bit integers but eps; addresses of absent areas are 0. */
export interface KernelExports {
  readonly memory: LinearMemory;
  heapBase(): Address;
  decode(code: number, bigEndian: boolean, source: Address, count: number, target: Address): void;
  rowMoments(
    code: number,
    bigEndian: boolean,
    source: Address,
    rows: number,
    cols: number,
    order: MomentOrder,
    target: Address,
  ): void;
  forward(
    centred: boolean,
    x: Address,
    weight: Address,
    bias: Address,
    y: Address,
    mean: Address,
    rstd: Address,
    rows: number,
    cols: number,
    eps: number,
  ): void;
  backward(
    centred: boolean,
    x: Address,
    gradOutput: Address,
    weight: Address,
    mean: Address,
    rstd: Address,
    gradInput: Address,
    gradWeight: Address,
    gradBias: Address,
    rows: number,
    cols: number,
  ): void;
}

/** The kernels of an instantiated module. */
export function simdKernels(exports: KernelExports): Kernels {
  return {
    kind: 'simd',
    memory: new KernelMemory(exports.memory, exports.heapBase()),
    decode({ start, dtype, littleEndian }, count, target) {
      exports.decode(ElementCode[dtype], !littleEndian, start, count, target);
    },
    rowMoments({ start, dtype, littleEndian }, rows, cols, order, target) {
      exports.rowMoments(ElementCode[dtype], !littleEndian, start, rows, cols, order, target);
    },
    forward(norm, { x, weight = 0, bias = 0, y, mean, rstd }, rows, cols, eps) {
      exports.forward(norm === 'layer_norm', x, weight, bias, y, mean, rstd, rows, cols, eps);
    },
    backward(norm, { x, gradOutput, weight = 0, mean, rstd, gradInput, gradWeight, gradBias = 0 }, rows, cols) {
      const centred = norm === 'layer_norm';
      exports.backward(centred, x, gradOutput, weight, mean, rstd, gradInput, gradWeight, gradBias, rows, cols);
    },
  };
}
