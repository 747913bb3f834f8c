import type { Moments } from './rowMoments';
import { throughFloat32 } from './throughFloat32';

/** In what a kernel adds up: the registers of a machine with AVX2; those of AVX-512 are twice as wide and give other bits. */
export interface Registers {
  /** Numbers that one register holds. */
  readonly lanes: number;
  /** Registers that are filled at a time. */
  readonly loads: number;
  /** Rounds to the format of a lane. */
  readonly round: (value: number) => number;
  /** True for the builds of PyTorch 2, whose products and sums round once (fma). */
  readonly fused: boolean;
}

/** PyTorch 1, float32. */
export const torch1Registers: Registers = { lanes: 8, loads: 1, round: Math.fround, fused: false };
/** PyTorch 1.13, bfloat16, which it adds up in bfloat16 itself. */
export const torch1HalfRegisters: Registers = { lanes: 16, loads: 1, round: throughFloat32('bfloat16'), fused: false };
/** PyTorch 2, float32. */
export const torch2Registers: Registers = { lanes: 8, loads: 1, round: Math.fround, fused: true };
/** PyTorch 2, float16 and bfloat16: 16 numbers are loaded at a time and widened to float32. */
export const torch2HalfRegisters: Registers = { ...torch2Registers, loads: 2 };

/** Vectors that are added up before two chunks are merged. */
const chunkVectors = 16;

/** A running mean and sum of squared deviations for every lane. */
interface Partial {
  count: number;
  readonly mean: Float32Array;
  readonly squares: Float32Array;
}

/**
 * Mean and variance as PyTorch's CPU kernels take them (aten/src/ATen/native/cpu/moments_utils.h, `RowwiseMoments`): Welford
 * sums in lanes over chunks of 16 vectors, chunks merged pairwise as by a binary counter, the values that fill no vector
 * added one by one, and the lanes merged into that.
 *
 * @param x       numbers of a lane's format
 * @param divisor of the squares
 */
export function torchMoments(x: Float64Array, divisor: number, registers: Registers): Moments {
  const { lanes, loads } = registers;
  const width = loads * lanes;
  const vectors = Math.floor(x.length / width);
  const chunks = Math.ceil(vectors / chunkVectors);
  const depth = Math.ceil(Math.log2(Math.max(1, chunks)));
  const stack = Array.from({ length: Math.max(1, depth) }, () => emptyPartial(lanes));
  for (let chunk = 0; chunk < chunks; chunk++) {
    const first = chunk * chunkVectors;
    const count = Math.min(chunkVectors, vectors - first);
    for (let load = 0; load < width; load += lanes) {
      merge(chunkOf(x, first * width + load, count, registers), stack[0], registers);
    }
    for (let level = 1, mask = chunk + 1; level < depth && (mask & 1) === 0; level++, mask >>= 1) {
      merge(stack[level - 1], stack[level], registers);
      stack[level - 1] = emptyPartial(lanes);
    }
  }
  for (let level = 1; level < depth; level++) {
    merge(stack[level], stack[0], registers);
  }
  return tailAndLanes(x, vectors * width, stack[0], divisor, registers);
}

function emptyPartial(lanes: number): Partial {
  return { count: 0, mean: new Float32Array(lanes), squares: new Float32Array(lanes) };
}

/** a · b + c, rounded once or twice. */
function multiplyAdd(a: number, b: number, c: number, { fused, round }: Registers): number {
  return fused ? round(a * b + c) : round(round(a * b) + c);
}

function chunkOf(x: Float64Array, start: number, count: number, registers: Registers): Partial {
  const { lanes, loads, round } = registers;
  const partial = emptyPartial(lanes);
  for (let j = 0; j < count; j++) {
    const reciprocal = round(1 / (j + 1));
    for (let lane = 0; lane < lanes; lane++) {
      const value = x[start + j * loads * lanes + lane];
      const delta = round(value - partial.mean[lane]);
      partial.mean[lane] = multiplyAdd(delta, reciprocal, partial.mean[lane], registers);
      partial.squares[lane] = multiplyAdd(delta, round(value - partial.mean[lane]), partial.squares[lane], registers);
    }
  }
  partial.count = count;
  return partial;
}

/** The share of a part in the whole. */
function shareOf(part: number, whole: number, { round }: Registers): number {
  return whole === 0 ? 0 : round(round(part) / round(whole));
}

/** Chan's merge of `from` into `to`, lane by lane. */
function merge(from: Partial, to: Partial, registers: Registers): void {
  const { lanes, round } = registers;
  const count = from.count + to.count;
  const share = shareOf(from.count, count, registers);
  for (let lane = 0; lane < lanes; lane++) {
    const delta = round(from.mean[lane] - to.mean[lane]);
    to.squares[lane] = mergedSquares(to.squares[lane], from.squares[lane], delta, share, to.count, registers);
    to.mean[lane] = round(to.mean[lane] + round(share * delta));
  }
  to.count = count;
}

/** The order of operations that the two builds' compilers chose. */
function mergedSquares(
  own: number,
  other: number,
  delta: number,
  share: number,
  ownCount: number,
  { fused, round }: Registers,
): number {
  return fused
    ? round(round(delta * ownCount) * round(share * delta) + round(own + other))
    : round(own + round(other + round(round(round(delta * delta) * share) * round(ownCount))));
}

function tailAndLanes(x: Float64Array, start: number, all: Partial, divisor: number, registers: Registers): Moments {
  const { lanes, round } = registers;
  let count = 0;
  let mean = 0;
  let squares = 0;
  for (let i = start; i < x.length; i++) {
    const delta = round(x[i] - mean);
    count++;
    mean = round(mean + round(delta / round(count)));
    squares = round(squares + round(delta * round(x[i] - mean)));
  }
  for (let lane = 0; lane < lanes; lane++) {
    const total = count + all.count;
    const share = shareOf(all.count, total, registers);
    const delta = round(all.mean[lane] - mean);
    squares = mergedSquares(squares, all.squares[lane], delta, share, count, registers);
    mean = multiplyAdd(share, delta, mean, registers);
    count = total;
  }
  return { mean, variance: round(squares / round(divisor)) };
}
