import { fitsFloat32, meanRest, normalized } from './deviation';
import { sum2, upper } from './lanes';

/** Differentiates `forward` row by row: see Kernels.backward. `weight` and `gradBias` are 0 where absent. */
export function backward(
  centred: bool,
  x: usize,
  gradOutput: usize,
  weight: usize,
  means: usize,
  rstds: usize,
  gradInput: usize,
  gradWeight: usize,
  gradBias: usize,
  rows: i32,
  cols: i32,
): void {
  const rowBytes = (<usize>cols) << 2;
  for (let r = 0; r < rows; r++) {
    const mean = load<f64>(means);
    const rstd = load<f64>(rstds);
    const vectors = fitsFloat32(rstd) ? cols & ~3 : 0;
    project(x, gradOutput, weight, mean, rstd, vectors, cols);
    const meanOfG = centred ? sumOfG / <f64>cols : 0;
    const slope = sumOfGX / <f64>cols;
    writeVectors(x, gradOutput, weight, mean, rstd, meanOfG, slope, gradInput, gradWeight, gradBias, vectors);
    const from = (<usize>vectors) << 2;
    writeFloat64(x, gradOutput, weight, mean, rstd, meanOfG, slope, gradInput, gradWeight, gradBias, from, rowBytes);
    x += rowBytes;
    gradOutput += rowBytes;
    gradInput += rowBytes;
    means += 8;
    rstds += 8;
  }
}

/** Σ g and Σ g · x̂ of the row that was projected last, g = dy · weight. */
let sumOfG: f64 = 0;
let sumOfGX: f64 = 0;

/** Sets `sumOfG` and `sumOfGX`; products are float32 in the first `vectors` columns, sums float64. */
function project(x: usize, gradOutput: usize, weight: usize, mean: f64, rstd: f64, vectors: i32, cols: i32): void {
  const mean4 = f32x4.splat(<f32>mean);
  const rest4 = f32x4.splat(meanRest(mean));
  const rstd4 = f32x4.splat(<f32>rstd);
  let g2 = f64x2.splat(0);
  let gx2 = g2;
  let at: usize = 0;
  for (const end = (<usize>vectors) << 2; at < end; at += 16) {
    let g = v128.load(gradOutput + at);
    if (weight != 0) {
      g = f32x4.mul(g, v128.load(weight + at));
    }
    const gx = f32x4.mul(g, normalized(v128.load(x + at), mean4, rest4, rstd4));
    g2 = f64x2.add(g2, f64x2.add(f64x2.promote_low_f32x4(g), f64x2.promote_low_f32x4(upper(g))));
    gx2 = f64x2.add(gx2, f64x2.add(f64x2.promote_low_f32x4(gx), f64x2.promote_low_f32x4(upper(gx))));
  }
  sumOfG = sum2(g2);
  sumOfGX = sum2(gx2);
  for (const end = (<usize>cols) << 2; at < end; at += 4) {
    const g = <f64>load<f32>(gradOutput + at) * (weight == 0 ? 1 : <f64>load<f32>(weight + at));
    sumOfG += g;
    sumOfGX += g * ((<f64>load<f32>(x + at) - mean) * rstd);
  }
}

/** dx of the first `vectors` columns of a row, and what the row adds to dγ and dβ there. */
function writeVectors(
  x: usize,
  gradOutput: usize,
  weight: usize,
  mean: f64,
  rstd: f64,
  meanOfG: f64,
  slope: f64,
  gradInput: usize,
  gradWeight: usize,
  gradBias: usize,
  vectors: i32,
): void {
  const mean4 = f32x4.splat(<f32>mean);
  const rest4 = f32x4.splat(meanRest(mean));
  const rstd4 = f32x4.splat(<f32>rstd);
  const meanOfG4 = f32x4.splat(<f32>meanOfG);
  const slope4 = f32x4.splat(<f32>slope);
  for (let at: usize = 0, end = (<usize>vectors) << 2; at < end; at += 16) {
    const dy = v128.load(gradOutput + at);
    const xHat = normalized(v128.load(x + at), mean4, rest4, rstd4);
    const g = weight == 0 ? dy : f32x4.mul(dy, v128.load(weight + at));
    const dx = f32x4.sub(f32x4.sub(g, meanOfG4), f32x4.mul(xHat, slope4));
    v128.store(gradInput + at, f32x4.mul(rstd4, dx));
    addTo(gradWeight + (at << 1), f32x4.mul(dy, xHat));
    if (gradBias != 0) {
      addTo(gradBias + (at << 1), dy);
    }
  }
}

/** Adds four float32 to four float64. */
function addTo(sums: usize, x: v128): void {
  v128.store(sums, f64x2.add(v128.load(sums), f64x2.promote_low_f32x4(x)));
  v128.store(sums, f64x2.add(v128.load(sums, 16), f64x2.promote_low_f32x4(upper(x))), 16);
}

/** As `writeVectors` in float64, for the bytes `from` to `end` of a row: the columns that fill no vector, or all. */
function writeFloat64(
  x: usize,
  gradOutput: usize,
  weight: usize,
  mean: f64,
  rstd: f64,
  meanOfG: f64,
  slope: f64,
  gradInput: usize,
  gradWeight: usize,
  gradBias: usize,
  from: usize,
  end: usize,
): void {
  for (let at = from; at < end; at += 4) {
    const dy = <f64>load<f32>(gradOutput + at);
    const xHat = (<f64>load<f32>(x + at) - mean) * rstd;
    const g = weight == 0 ? dy : dy * <f64>load<f32>(weight + at);
    store<f32>(gradInput + at, <f32>(rstd * (g - meanOfG - xHat * slope)));
    const sum = at << 1;
    store<f64>(gradWeight + sum, load<f64>(gradWeight + sum) + dy * xHat);
    if (gradBias != 0) {
      store<f64>(gradBias + sum, load<f64>(gradBias + sum) + dy);
    }
  }
}
