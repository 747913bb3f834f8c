import { block } from './moments';

/**
 * Moments of the finite values among up to `blockLength` float64 into `block`, value by value in two passes: the way
 * for blocks that hold NaN or Inf, and for values whose fourth powers need a scale.
 *
 * @param origin  see Moments.offset; times `inverse` too
 * @param inverse what values are multiplied by for the moments; `min` and `max` stay in units of x
 */
export function scaledBlock(source: usize, count: i32, origin: f64, inverse: f64): void {
  block.clear();
  const end = source + ((<usize>count) << 3);
  for (let at = source; at < end; at += 8) {
    const x = load<f64>(at);
    if (x - x != 0) {
      block.nan += x != x ? 1 : 0;
      block.posInf += x == Infinity ? 1 : 0;
      block.negInf += x == -Infinity ? 1 : 0;
      continue;
    }
    block.finite += 1;
    block.zero += x == 0 ? 1 : 0;
    block.min = x < block.min ? x : block.min;
    block.max = x > block.max ? x : block.max;
    block.sum += x * inverse;
  }
  if (block.finite == 0) {
    return;
  }
  const rough = block.sum / block.finite;
  let s1: f64 = 0;
  let s2: f64 = 0;
  let s3: f64 = 0;
  let s4: f64 = 0;
  for (let at = source; at < end; at += 8) {
    const x = load<f64>(at);
    if (x - x == 0) {
      const d = x * inverse - rough;
      const d2 = d * d;
      s1 += d;
      s2 += d2;
      s3 += d2 * d;
      s4 += d2 * d2;
    }
  }
  const shift = s1 / block.finite;
  block.sum = (rough + shift) * block.finite;
  block.offset = rough - origin + shift;
  block.centre(s1, s2, s3, s4);
}
