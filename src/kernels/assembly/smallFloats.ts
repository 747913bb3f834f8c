import { lowerBytes, lowerTops, upperBytes, upperTops } from './lanes';

/*
 * Exponent and mantissa of a small float are moved to where float32 has them, and the exponent rebased by an integer
 * addition. A subnormal number is taken as if it were 1.m instead of 0.m and the one subtracted again: multiplying by a
 * power of two would mend it as well, but with float32 subnormals as operands, which cost many processors a hundred
 * cycles.
 */

/** What float32's exponent bias, 127, exceeds that of float16 and float8_e5m2 (15) and of float8_e4m3fn (7) by. */
const float16Rebase: i32 = 112;
const float8Rebase: i32 = 120;

/** float16 from `source` to `end` as float32. */
export function decodeFloat16(source: usize, end: usize, target: usize): void {
  for (; source < end; source += 16, target += 32) {
    storeFloat16(v128.load(source), target);
  }
}

/** bfloat16, the upper halves of float32. */
export function decodeBfloat16(source: usize, end: usize, target: usize): void {
  const nil = i32x4.splat(0);
  for (; source < end; source += 16, target += 32) {
    const bits = v128.load(source);
    v128.store(target, lowerTops(nil, bits));
    v128.store(target, upperTops(nil, bits), 16);
  }
}

/** float8_e5m2, the upper halves of float16. */
export function decodeFloat8E5m2(source: usize, end: usize, target: usize): void {
  for (; source < end; source += 16, target += 64) {
    const bits = v128.load(source);
    storeFloat16(lowerBytes(bits), target);
    storeFloat16(upperBytes(bits), target + 32);
  }
}

/** float8_e4m3fn, which has no infinity. */
export function decodeFloat8E4m3fn(source: usize, end: usize, target: usize): void {
  const nil = i32x4.splat(0);
  for (; source < end; source += 16, target += 64) {
    const bits = v128.load(source);
    const low = lowerBytes(bits);
    const high = upperBytes(bits);
    v128.store(target, fromFloat8E4m3fn(lowerTops(nil, low)));
    v128.store(target, fromFloat8E4m3fn(upperTops(nil, low)), 16);
    v128.store(target, fromFloat8E4m3fn(lowerTops(nil, high)), 32);
    v128.store(target, fromFloat8E4m3fn(upperTops(nil, high)), 48);
  }
}

/**
 * Eight float16 to two vectors of float32, in 16-bit lanes as far as that goes: the upper half of a float32 is made of
 * sign, exponent and seven bits of mantissa, the lower of the other three.
 */
function storeFloat16(bits: v128, target: usize): void {
  const nil = i32x4.splat(0);
  const magnitude = v128.and(bits, i16x8.splat(0x7fff));
  const sign = v128.and(bits, i16x8.splat(<i16>0x8000));
  const subnormal = i16x8.lt_s(magnitude, i16x8.splat(0x0400));
  const special = i16x8.gt_s(magnitude, i16x8.splat(0x7bff));
  const rebase = i16x8.splat(<i16>(float16Rebase << 7));
  // Inf and NaN are rebased twice, which gives them float32's largest exponent. Comparisons are −1 where true.
  let top = i16x8.add(i16x8.shr_u(magnitude, 3), rebase);
  top = i16x8.add(top, v128.and(special, rebase));
  top = i16x8.sub(top, i16x8.shl(subnormal, 7));
  const one = v128.and(subnormal, i16x8.splat(<i16>((float16Rebase + 1) << 7)));
  const rest = i16x8.shl(bits, 13);
  const low = f32x4.sub(lowerTops(rest, top), lowerTops(nil, one));
  const high = f32x4.sub(upperTops(rest, top), upperTops(nil, one));
  v128.store(target, v128.or(low, lowerTops(nil, sign)));
  v128.store(target, v128.or(high, upperTops(nil, sign)), 16);
}

/** Four float8_e4m3fn, each at the top of a 32-bit lane, as float32. All bits but the sign set are NaN. */
function fromFloat8E4m3fn(bits: v128): v128 {
  const magnitude = v128.and(i32x4.shr_u(bits, 4), i32x4.splat(0x07f00000));
  const subnormal = i32x4.lt_s(magnitude, i32x4.splat(1 << 23));
  const rebased = i32x4.add(magnitude, i32x4.splat(float8Rebase << 23));
  const one = v128.and(subnormal, i32x4.splat((float8Rebase + 1) << 23));
  const value = f32x4.sub(i32x4.sub(rebased, i32x4.shl(subnormal, 23)), one);
  const nan = v128.and(i32x4.eq(magnitude, i32x4.splat(0x07f00000)), i32x4.splat(0x7fc00000));
  return v128.or(v128.or(value, nan), v128.and(bits, i32x4.splat(0x80000000)));
}
