import { sum4 } from './lanes';
import { block } from './moments';

/**
 * Copies up to `blockLength` float32 with the first finite one in place of each that is not, and counts those by kind
 * in `block`. Source and target may be the same.
 *
 * @returns the first finite value; NaN if there is none, and then nothing is copied
 */
export function replaceNonFinite(source: usize, count: i32, target: usize): f32 {
  const end = source + ((<usize>count) << 2);
  let at = source;
  while (at < end && !isFinite(load<f32>(at))) {
    at += 4;
  }
  const finite = at < end;
  const stand: f32 = finite ? load<f32>(at) : NaN;
  const stands = f32x4.splat(stand);
  const infinite = f32x4.splat(Infinity);
  const negative = f32x4.splat(-Infinity);
  let nans = i32x4.splat(0);
  let posInfs = nans;
  let negInfs = nans;
  const vectorEnd = source + ((<usize>(count & ~3)) << 2);
  for (at = source; at < vectorEnd; at += 16, target += 16) {
    const x = v128.load(at);
    nans = i32x4.sub(nans, f32x4.ne(x, x));
    posInfs = i32x4.sub(posInfs, f32x4.eq(x, infinite));
    negInfs = i32x4.sub(negInfs, f32x4.eq(x, negative));
    v128.store(target, v128.bitselect(x, stands, f32x4.lt(f32x4.abs(x), infinite)));
  }
  block.nan = <f64>sum4(nans);
  block.posInf = <f64>sum4(posInfs);
  block.negInf = <f64>sum4(negInfs);
  for (; at < end; at += 4, target += 4) {
    const x = load<f32>(at);
    block.nan += x != x ? 1 : 0;
    block.posInf += x == Infinity ? 1 : 0;
    block.negInf += x == -Infinity ? 1 : 0;
    store<f32>(target, isFinite(x) ? x : stand);
  }
  return stand;
}
