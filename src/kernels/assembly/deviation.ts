/**
 * Reciprocal deviations that float32 holds with room on both sides. Rows beyond are worked on in float64: their values
 * may lie so far apart that a difference overflows float32, or so close that rstd does.
 */
const smallestRstd: f64 = reinterpret<f64>((<u64>(1023 - 100)) << 52);
const largestRstd: f64 = reinterpret<f64>((<u64>(1023 + 100)) << 52);

/** Whether a row of this rstd can be worked on in float32; not if it is NaN. */
export function fitsFloat32(rstd: f64): bool {
  return rstd >= smallestRstd && rstd <= largestRstd;
}

/**
 * What a float32 leaves of a mean: taken off as well, it keeps x − mean right where |mean| is far above the deviation.
 */
export function meanRest(mean: f64): f32 {
  return <f32>(mean - <f64>(<f32>mean));
}

/** x̂ of four float32: (x − mean) · rstd, the mean in two parts. */
export function normalized(x: v128, mean: v128, rest: v128, rstd: v128): v128 {
  return f32x4.mul(f32x4.sub(f32x4.sub(x, mean), rest), rstd);
}
