import { fitsFloat32, meanRest, normalized } from './deviation';
import { mean, readRow, sumSquares } from './rowStatistics';

/**
 * Normalizes each row of x, (rows, cols) float32, into y: see Kernels.forward. `weight` and `bias` are 0 where absent.
 */
export function forward(
  centred: bool,
  x: usize,
  weight: usize,
  bias: usize,
  y: usize,
  means: usize,
  rstds: usize,
  rows: i32,
  cols: i32,
  eps: f64,
): void {
  const rowBytes = (<usize>cols) << 2;
  for (let r = 0; r < rows; r++, x += rowBytes, y += rowBytes, means += 8, rstds += 8) {
    readRow(centred, x, cols);
    const rstd = 1 / Math.sqrt(sumSquares / <f64>cols + eps);
    store<f64>(means, mean);
    store<f64>(rstds, rstd);
    const done = fitsFloat32(rstd) ? writeVectors(x, weight, bias, y, mean, rstd, cols) : 0;
    writeFloat64(x, weight, bias, y, mean, rstd, done, cols);
  }
}

/** Writes y of a row, in whole vectors in float32; returns how many columns that were. */
function writeVectors(x: usize, weight: usize, bias: usize, y: usize, mean: f64, rstd: f64, cols: i32): i32 {
  const mean4 = f32x4.splat(<f32>mean);
  const rest4 = f32x4.splat(meanRest(mean));
  const rstd4 = f32x4.splat(<f32>rstd);
  const done = cols & ~7;
  const end = (<usize>done) << 2;
  for (let at: usize = 0; at < end; at += 32) {
    let a = normalized(v128.load(x + at), mean4, rest4, rstd4);
    let b = normalized(v128.load(x + at, 16), mean4, rest4, rstd4);
    if (weight != 0) {
      a = f32x4.mul(a, v128.load(weight + at));
      b = f32x4.mul(b, v128.load(weight + at, 16));
    }
    if (bias != 0) {
      a = f32x4.add(a, v128.load(bias + at));
      b = f32x4.add(b, v128.load(bias + at, 16));
    }
    v128.store(y + at, a);
    v128.store(y + at, b, 16);
  }
  return done;
}

/** Writes y of columns `from` to `cols` of a row in float64, rounded once: the columns that fill no vector, or all. */
function writeFloat64(
  x: usize,
  weight: usize,
  bias: usize,
  y: usize,
  mean: f64,
  rstd: f64,
  from: i32,
  cols: i32,
): void {
  const end = (<usize>cols) << 2;
  for (let at = (<usize>from) << 2; at < end; at += 4) {
    const gamma = weight == 0 ? 1 : <f64>load<f32>(weight + at);
    const beta = bias == 0 ? 0 : <f64>load<f32>(bias + at);
    store<f32>(y + at, <f32>((<f64>load<f32>(x + at) - mean) * rstd * gamma + beta));
  }
}
