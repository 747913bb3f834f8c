import type { Moments, MomentsOptions } from './rowMoments';

/** Lanes of an AVX2 register of float32; machines with AVX-512 have 16 and give other bits. */
const lanes = 8;
/** Vectors that are added up before two chunks are merged. */
const chunkVectors = 16;

const f = Math.fround;

/** A running mean and sum of squared deviations for every lane. */
interface Partial {
  count: number;
  readonly mean: Float32Array;
  readonly squares: Float32Array;
}

/**
 * Mean and variance as PyTorch's CPU kernels take them (aten/src/ATen/native/cpu/moments_utils.h, `RowwiseMoments`): float32
 * Welford sums in 8 lanes over chunks of 16 vectors, chunks merged pairwise as by a binary counter, the values that fill
 * no vector added one by one, and the lanes merged into that.
 *
 * @param isHalf what a row of float16 or bfloat16 is loaded as: two vectors at a time
 * @param fused  true for the builds of PyTorch 2, whose products and sums round once (fma)
 */
export function torchMoments(
  x: Float64Array,
  { divisor }: Pick<MomentsOptions, 'divisor'>,
  isHalf: boolean,
  fused: boolean,
): Moments {
  const width = isHalf ? 2 * lanes : lanes;
  const vectors = Math.floor(x.length / width);
  const chunks = Math.ceil(vectors / chunkVectors);
  const depth = Math.ceil(Math.log2(Math.max(1, chunks)));
  const stack = Array.from({ length: Math.max(1, depth) }, emptyPartial);
  for (let chunk = 0; chunk < chunks; chunk++) {
    const first = chunk * chunkVectors;
    const count = Math.min(chunkVectors, vectors - first);
    for (let half = 0; half < width; half += lanes) {
      merge(chunkOf(x, first * width + half, count, width, fused), stack[0], fused);
    }
    for (let level = 1, mask = chunk + 1; level < depth && (mask & 1) === 0; level++, mask >>= 1) {
      merge(stack[level - 1], stack[level], fused);
      stack[level - 1] = emptyPartial();
    }
  }
  for (let level = 1; level < depth; level++) {
    merge(stack[level], stack[0], fused);
  }
  return tailAndLanes(x, vectors * width, stack[0], divisor, fused);
}

function emptyPartial(): Partial {
  return { count: 0, mean: new Float32Array(lanes), squares: new Float32Array(lanes) };
}

/** a · b + c, rounded once or twice. */
function multiplyAdd(a: number, b: number, c: number, fused: boolean): number {
  return fused ? f(a * b + c) : f(f(a * b) + c);
}

function chunkOf(x: Float64Array, start: number, count: number, width: number, fused: boolean): Partial {
  const partial = emptyPartial();
  for (let j = 0; j < count; j++) {
    const reciprocal = f(1 / (j + 1));
    for (let lane = 0; lane < lanes; lane++) {
      const value = x[start + j * width + lane];
      const delta = f(value - partial.mean[lane]);
      partial.mean[lane] = multiplyAdd(delta, reciprocal, partial.mean[lane], fused);
      partial.squares[lane] = multiplyAdd(delta, f(value - partial.mean[lane]), partial.squares[lane], fused);
    }
  }
  partial.count = count;
  return partial;
}

/** Chan's merge of `from` into `to`, lane by lane. */
function merge(from: Partial, to: Partial, fused: boolean): void {
  const count = from.count + to.count;
  const share = count === 0 ? 0 : f(from.count / count);
  for (let lane = 0; lane < lanes; lane++) {
    const delta = f(from.mean[lane] - to.mean[lane]);
    to.squares[lane] = mergedSquares(to.squares[lane], from.squares[lane], delta, share, to.count, fused);
    to.mean[lane] = multiplyAdd(share, delta, to.mean[lane], false);
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
  fused: boolean,
): number {
  return fused
    ? f(f(delta * ownCount) * f(share * delta) + f(own + other))
    : f(own + f(other + f(f(f(delta * delta) * share) * ownCount)));
}

function tailAndLanes(x: Float64Array, start: number, all: Partial, divisor: number, fused: boolean): Moments {
  let count = 0;
  let mean = 0;
  let squares = 0;
  for (let i = start; i < x.length; i++) {
    const delta = f(x[i] - mean);
    count++;
    mean = f(mean + f(delta / count));
    squares = f(squares + f(delta * f(x[i] - mean)));
  }
  for (let lane = 0; lane < lanes; lane++) {
    const total = count + all.count;
    const share = total === 0 ? 0 : f(all.count / total);
    const delta = f(all.mean[lane] - mean);
    squares = mergedSquares(squares, all.squares[lane], delta, share, count, fused);
    mean = multiplyAdd(share, delta, mean, fused);
    count = total;
  }
  return { mean, variance: f(squares / divisor) };
}
