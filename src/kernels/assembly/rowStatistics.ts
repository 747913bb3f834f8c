import { sum2, upper } from './lanes';
import { blockLength } from './scratch';

/** Mean and Σ (x − mean)² of the row that was read last; without centring, 0 and Σ x². */
export let mean: f64 = 0;
export let sumSquares: f64 = 0;

/**
 * Sets `mean` and `sumSquares` from a row of float32, in one pass of float64 sums: see `float32Block` for why that
 * loses nothing, and Moments.offset for why means of blocks are kept as distances to the first value.
 */
export function readRow(centred: bool, source: usize, cols: i32): void {
  mean = 0;
  sumSquares = 0;
  const origin = centred ? <f64>load<f32>(source) : 0;
  let sum: f64 = 0;
  let offset: f64 = 0;
  let seen: f64 = 0;
  for (let left = cols; left > 0; left -= blockLength, source += <usize>(blockLength * 4)) {
    const count = min(left, blockLength);
    const k = centred ? <f64>load<f32>(source) : 0;
    const total = blockSums(source, count, k);
    if (!centred) {
      sumSquares += blockSquares;
      continue;
    }
    const n = <f64>count;
    const all = seen + n;
    const s1 = total - n * k;
    const delta = (total - n * origin) / n - offset;
    sumSquares += Math.max(0, blockSquares - (s1 / n) * s1) + delta * delta * seen * (n / all);
    offset += delta * (n / all);
    sum += total;
    seen = all;
  }
  if (centred) {
    mean = sum / <f64>cols;
  }
}

/** Σ (x − k)² of the block that was summed last. */
let blockSquares: f64 = 0;

/** Σ x of a block of float32; leaves Σ (x − k)² in `blockSquares`. */
function blockSums(source: usize, count: i32, k: f64): f64 {
  const k2 = f64x2.splat(k);
  let sum = f64x2.splat(0);
  let squares = sum;
  let moreSum = sum;
  let moreSquares = sum;
  const vectorEnd = source + ((<usize>(count & ~7)) << 2);
  const end = source + ((<usize>count) << 2);
  for (; source < vectorEnd; source += 32) {
    const x = v128.load(source);
    let low = f64x2.promote_low_f32x4(x);
    let high = f64x2.promote_low_f32x4(upper(x));
    sum = f64x2.add(sum, f64x2.add(low, high));
    low = f64x2.sub(low, k2);
    high = f64x2.sub(high, k2);
    squares = f64x2.add(squares, f64x2.add(f64x2.mul(low, low), f64x2.mul(high, high)));
    const y = v128.load(source, 16);
    low = f64x2.promote_low_f32x4(y);
    high = f64x2.promote_low_f32x4(upper(y));
    moreSum = f64x2.add(moreSum, f64x2.add(low, high));
    low = f64x2.sub(low, k2);
    high = f64x2.sub(high, k2);
    moreSquares = f64x2.add(moreSquares, f64x2.add(f64x2.mul(low, low), f64x2.mul(high, high)));
  }
  let total = sum2(f64x2.add(sum, moreSum));
  let d2 = sum2(f64x2.add(squares, moreSquares));
  for (; source < end; source += 4) {
    const x = <f64>load<f32>(source);
    total += x;
    d2 += (x - k) * (x - k);
  }
  blockSquares = d2;
  return total;
}
