import { ElementCode } from './elementCode';
import { upper } from './lanes';

/** 16-bit integers from `source` to `end` as float32. */
export function decodeInt16(signed: bool, source: usize, end: usize, target: usize): void {
  for (; source < end; source += 16, target += 32) {
    const x = v128.load(source);
    const low = signed ? i32x4.extend_low_i16x8_s(x) : i32x4.extend_low_i16x8_u(x);
    const high = signed ? i32x4.extend_high_i16x8_s(x) : i32x4.extend_high_i16x8_u(x);
    v128.store(target, f32x4.convert_i32x4_s(low));
    v128.store(target, f32x4.convert_i32x4_s(high), 16);
  }
}

/** int8, uint8 or bool (of which any but 0 is 1) as float32. */
export function decodeInt8(code: i32, source: usize, end: usize, target: usize): void {
  const signed = code == ElementCode.int8;
  for (; source < end; source += 16, target += 64) {
    let x = v128.load(source);
    if (code == ElementCode.bool) {
      x = v128.and(i8x16.ne(x, i8x16.splat(0)), i8x16.splat(1));
    }
    const low = signed ? i16x8.extend_low_i8x16_s(x) : i16x8.extend_low_i8x16_u(x);
    const high = signed ? i16x8.extend_high_i8x16_s(x) : i16x8.extend_high_i8x16_u(x);
    v128.store(target, f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(low)));
    v128.store(target, f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_s(low)), 16);
    v128.store(target, f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(high)), 32);
    v128.store(target, f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_s(high)), 48);
  }
}

/** 32-bit integers as float64. */
export function decodeInt32(signed: bool, source: usize, end: usize, target: usize): void {
  for (; source < end; source += 16, target += 32) {
    const low = v128.load(source);
    const high = upper(low);
    v128.store(target, signed ? f64x2.convert_low_i32x4_s(low) : f64x2.convert_low_i32x4_u(low));
    v128.store(target, signed ? f64x2.convert_low_i32x4_s(high) : f64x2.convert_low_i32x4_u(high), 16);
  }
}

/** 64-bit integers as float64, rounded to nearest. */
export function decodeInt64(signed: bool, source: usize, end: usize, target: usize): void {
  for (; source < end; source += 8, target += 8) {
    store<f64>(target, signed ? <f64>load<i64>(source) : <f64>load<u64>(source));
  }
}
