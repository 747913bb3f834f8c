/** The two upper float32 of a vector, moved to where they can be promoted to float64. */
export function upper(x: v128): v128 {
  return i32x4.shuffle(x, x, 2, 3, 2, 3);
}

/** Sum of the two float64 of a vector. */
export function sum2(x: v128): f64 {
  return f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1);
}

/** Sum of the four 32-bit integers of a vector. */
export function sum4(x: v128): i32 {
  return i32x4.extract_lane(x, 0) + i32x4.extract_lane(x, 1) + i32x4.extract_lane(x, 2) + i32x4.extract_lane(x, 3);
}

/** The lower four 16-bit lanes, each at the top of a 32-bit lane that has `rest` below it. */
export function lowerTops(rest: v128, tops: v128): v128 {
  return i16x8.shuffle(rest, tops, 0, 8, 1, 9, 2, 10, 3, 11);
}

/** The upper four, likewise. */
export function upperTops(rest: v128, tops: v128): v128 {
  return i16x8.shuffle(rest, tops, 4, 12, 5, 13, 6, 14, 7, 15);
}

/** The lower eight bytes, each at the top of a 16-bit lane that is zero below. */
export function lowerBytes(bytes: v128): v128 {
  return i8x16.shuffle(i32x4.splat(0), bytes, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

/** The upper eight, likewise. */
export function upperBytes(bytes: v128): v128 {
  return i8x16.shuffle(i32x4.splat(0), bytes, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}
