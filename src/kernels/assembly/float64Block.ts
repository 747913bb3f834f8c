import { scaledBlock } from './scaledBlock';
import { sum2 } from './lanes';
import { block } from './moments';

/**
 * Moments of up to `blockLength` float64 into `block`, in two passes: float64 has no bits to spare, so the powers are
 * of distances to the rounded mean, which the mean of those distances corrects (Chan, Golub and LeVeque, 1983).
 *
 * Where Σ x is not finite, be it for a value or because the sum overflows, the block is read value by value.
 *
 * @param origin see Moments.offset
 */
export function float64Block(source: usize, count: i32, origin: f64): void {
  const first = load<f64>(source);
  let smallest = f64x2.splat(first);
  let largest = smallest;
  let zeros = i64x2.splat(0);
  let sums = f64x2.splat(0);
  let moreSums = sums;
  const nil = sums;
  const vectorEnd = source + ((<usize>(count & ~3)) << 3);
  const end = source + ((<usize>count) << 3);
  let at = source;
  for (; at < vectorEnd; at += 32) {
    const x = v128.load(at);
    const y = v128.load(at, 16);
    smallest = f64x2.pmin(f64x2.pmin(smallest, x), y);
    largest = f64x2.pmax(f64x2.pmax(largest, x), y);
    zeros = i64x2.sub(i64x2.sub(zeros, f64x2.eq(x, nil)), f64x2.eq(y, nil));
    sums = f64x2.add(sums, x);
    moreSums = f64x2.add(moreSums, y);
  }
  let min = Math.min(f64x2.extract_lane(smallest, 0), f64x2.extract_lane(smallest, 1));
  let max = Math.max(f64x2.extract_lane(largest, 0), f64x2.extract_lane(largest, 1));
  let zero = i64x2.extract_lane(zeros, 0) + i64x2.extract_lane(zeros, 1);
  let total = sum2(f64x2.add(sums, moreSums));
  for (; at < end; at += 8) {
    const x = load<f64>(at);
    min = x < min ? x : min;
    max = x > max ? x : max;
    zero += x == 0 ? 1 : 0;
    total += x;
  }
  if (total - total != 0) {
    return scaledBlock(source, count, origin, 1);
  }
  const n = <f64>count;
  block.finite = n;
  block.nan = 0;
  block.posInf = 0;
  block.negInf = 0;
  block.zero = <f64>zero;
  block.min = min;
  block.max = max;
  centredPowers(source, vectorEnd, end, total / n, origin);
}

function centredPowers(source: usize, vectorEnd: usize, end: usize, rough: f64, origin: f64): void {
  const centre = f64x2.splat(rough);
  let s1 = f64x2.splat(0);
  let s2 = s1;
  let s3 = s1;
  let s4 = s1;
  let at = source;
  for (; at < vectorEnd; at += 32) {
    const x = f64x2.sub(v128.load(at), centre);
    const y = f64x2.sub(v128.load(at, 16), centre);
    const x2 = f64x2.mul(x, x);
    const y2 = f64x2.mul(y, y);
    s1 = f64x2.add(s1, f64x2.add(x, y));
    s2 = f64x2.add(s2, f64x2.add(x2, y2));
    s3 = f64x2.add(s3, f64x2.add(f64x2.mul(x, x2), f64x2.mul(y, y2)));
    s4 = f64x2.add(s4, f64x2.add(f64x2.mul(x2, x2), f64x2.mul(y2, y2)));
  }
  let d1 = sum2(s1);
  let d2 = sum2(s2);
  let d3 = sum2(s3);
  let d4 = sum2(s4);
  for (; at < end; at += 8) {
    const d = load<f64>(at) - rough;
    d1 += d;
    d2 += d * d;
    d3 += d * d * d;
    d4 += d * d * (d * d);
  }
  const shift = d1 / block.finite;
  block.sum = (rough + shift) * block.finite;
  block.offset = rough - origin + shift;
  block.centre(d1, d2, d3, d4);
}
