import { sum2, sum4, upper } from './lanes';
import { block } from './moments';
import { replaceNonFinite } from './replaceNonFinite';
import { decodedBlock } from './scratch';

/**
 * Moments of up to `blockLength` float32 into `block`, in one pass; m3 and m4 only if `order` is 4.
 *
 * Powers are summed of d = x − k, k the first value, in float64. That k is a value of the block bounds what centring
 * the sums afterwards can cancel: (mean − k)² ≤ n · variance, so at most a factor 1 + n = 1025 of what adding them up
 * loses. At the worst, a block that begins with its one outlier, that is 3e-11 of m2 and 1e-9 of m4; as a rule it is
 * 1e-15. Σ x itself is summed too: it is exact for values within a factor 2^18 of each other, and keeps the mean of
 * values that cancel.
 * Neither can overflow, since fourth powers of 3e38 and their sums are far below 1e308.
 *
 * Where a value is not finite, neither is Σ x. The block is then read again with a finite value k in the place of those
 * that are not, for which d is 0, so that only counts and Σ x have to be set right.
 *
 * @param origin see Moments.offset
 */
export function float32Block(source: usize, count: i32, origin: f64, order: i32): void {
  block.nan = 0;
  block.posInf = 0;
  block.negInf = 0;
  block.finite = <f64>count;
  if (sumBlock(source, count, load<f32>(source), origin, order)) {
    return;
  }
  const stand = replaceNonFinite(source, count, decodedBlock);
  const replaced = block.nan + block.posInf + block.negInf;
  block.finite -= replaced;
  if (block.finite > 0) {
    sumBlock(decodedBlock, count, stand, origin, order);
  }
}

/**
 * Sets the moments of `block` but its counts of values that are not finite.
 *
 * @param count values to read; those beyond `block.finite` of them are equal to `first` and do not count
 * @returns     false if Σ x is not finite; then nothing is set
 */
function sumBlock(source: usize, count: i32, first: f32, origin: f64, order: i32): bool {
  return order == 4 ? sumToFourth(source, count, first, origin) : sumToSecond(source, count, first, origin);
}

/*
 * Without the higher powers the loop has registers to spare and is half as fast again, but only in a function of its own:
 * engines allocate registers for a function as a whole.
 */

function sumToSecond(source: usize, count: i32, first: f32, origin: f64): bool {
  return Powers.read(source, count, first, origin, 2);
}

function sumToFourth(source: usize, count: i32, first: f32, origin: f64): bool {
  return Powers.read(source, count, first, origin, 4);
}

/** A class, because Prettier refuses `@inline` on a function. */
class Powers {
  @inline
  static read(source: usize, count: i32, first: f32, origin: f64, order: i32): bool {
    const k = <f64>first;
    const k2 = f64x2.splat(k);
    const nil = f32x4.splat(0);
    let smallest = f32x4.splat(first);
    let largest = smallest;
    let zeros = i32x4.splat(0);
    let sum = f64x2.splat(0);
    let s2 = sum;
    let s3 = sum;
    let s4 = sum;
    const vectorEnd = source + ((<usize>(count & ~7)) << 2);
    const end = source + ((<usize>count) << 2);
    let at = source;
    // Two vectors a turn: the loop's own steps cost a fifth otherwise.
    for (; at < vectorEnd; at += 32) {
      let x = v128.load(at);
      smallest = f32x4.pmin(smallest, x);
      largest = f32x4.pmax(largest, x);
      zeros = i32x4.sub(zeros, f32x4.eq(x, nil));
      let low = f64x2.promote_low_f32x4(x);
      let high = f64x2.promote_low_f32x4(upper(x));
      sum = f64x2.add(sum, f64x2.add(low, high));
      low = f64x2.sub(low, k2);
      high = f64x2.sub(high, k2);
      let low2 = f64x2.mul(low, low);
      let high2 = f64x2.mul(high, high);
      s2 = f64x2.add(s2, f64x2.add(low2, high2));
      if (order == 4) {
        s3 = f64x2.add(s3, f64x2.add(f64x2.mul(low, low2), f64x2.mul(high, high2)));
        s4 = f64x2.add(s4, f64x2.add(f64x2.mul(low2, low2), f64x2.mul(high2, high2)));
      }
      x = v128.load(at, 16);
      smallest = f32x4.pmin(smallest, x);
      largest = f32x4.pmax(largest, x);
      zeros = i32x4.sub(zeros, f32x4.eq(x, nil));
      low = f64x2.promote_low_f32x4(x);
      high = f64x2.promote_low_f32x4(upper(x));
      sum = f64x2.add(sum, f64x2.add(low, high));
      low = f64x2.sub(low, k2);
      high = f64x2.sub(high, k2);
      low2 = f64x2.mul(low, low);
      high2 = f64x2.mul(high, high);
      s2 = f64x2.add(s2, f64x2.add(low2, high2));
      if (order == 4) {
        s3 = f64x2.add(s3, f64x2.add(f64x2.mul(low, low2), f64x2.mul(high, high2)));
        s4 = f64x2.add(s4, f64x2.add(f64x2.mul(low2, low2), f64x2.mul(high2, high2)));
      }
    }
    let min = laneMin(smallest);
    let max = laneMax(largest);
    let zero = sum4(zeros);
    let total = sum2(sum);
    let d2 = sum2(s2);
    let d3 = sum2(s3);
    let d4 = sum2(s4);
    for (; at < end; at += 4) {
      const x = load<f32>(at);
      min = x < min ? x : min;
      max = x > max ? x : max;
      zero += x == 0 ? 1 : 0;
      total += <f64>x;
      const d = <f64>x - k;
      d2 += d * d;
      d3 += d * d * d;
      d4 += d * d * (d * d);
    }
    if (total - total != 0) {
      return false;
    }
    const n = block.finite;
    const excess = <f64>count - n;
    total -= excess * k;
    block.zero = <f64>zero - (k == 0 ? excess : 0);
    block.min = <f64>min;
    block.max = <f64>max;
    block.sum = total;
    block.offset = (total - n * origin) / n;
    block.centre(total - n * k, d2, d3, d4);
    return true;
  }
}

function laneMin(x: v128): f32 {
  const pair = f32x4.pmin(x, upper(x));
  return min<f32>(f32x4.extract_lane(pair, 0), f32x4.extract_lane(pair, 1));
}

function laneMax(x: v128): f32 {
  const pair = f32x4.pmax(x, upper(x));
  return max<f32>(f32x4.extract_lane(pair, 0), f32x4.extract_lane(pair, 1));
}
