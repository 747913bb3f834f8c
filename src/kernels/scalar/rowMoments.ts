import type { MomentOrder } from '../kernels';
import type { MomentName } from '../momentColumns';

/** Magnitudes whose fourth powers, summed over any row, stay in the range of float64. */
const smallestPlain = 2 ** -200;
const largestPlain = 2 ** 200;

/** A mean below this share of the largest magnitude may be what rounding left of terms that cancel. */
const cancelled = 2 ** -20;

/** Twin of `rowMoments` for one row: two passes over its finite values in float64. */
export function momentsOfRow(values: Float32Array | Float64Array, order: MomentOrder): Record<MomentName, number> {
  const moments = allMoments(values);
  return order === 4 ? moments : { ...moments, m3: NaN, m4: NaN };
}

function allMoments(values: Float32Array | Float64Array): Record<MomentName, number> {
  let nan = 0;
  let posInf = 0;
  let negInf = 0;
  let zero = 0;
  let sum = 0;
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value - value !== 0) {
      nan += Number.isNaN(value) ? 1 : 0;
      posInf += value === Infinity ? 1 : 0;
      negInf += value === -Infinity ? 1 : 0;
      continue;
    }
    zero += value === 0 ? 1 : 0;
    min = value < min ? value : min;
    max = value > max ? value : max;
    sum += value;
  }
  const n = values.length - nan - posInf - negInf;
  const counts = { nan, posInf, negInf, zero };
  if (n === 0) {
    return { ...counts, min: NaN, max: NaN, absMax: NaN, mean: NaN, scale: 1, m2: 0, m3: 0, m4: 0, sumSquares: 0 };
  }
  // Adding zero makes a negative zero positive, as in the kernel.
  const range = { ...counts, min: min + 0, max: max + 0, absMax: Math.max(-min, max) + 0 };
  const isPlain = range.absMax === 0 || (range.absMax >= smallestPlain && range.absMax <= largestPlain);
  const scale = isPlain ? 1 : 2 ** Math.max(-1000, Math.floor(Math.log2(range.absMax)));
  const inverse = 1 / scale;
  if (min === max) {
    return { ...range, mean: range.min, scale, m2: 0, m3: 0, m4: 0, sumSquares: n * (min * inverse) ** 2 };
  }
  const rough = (isPlain ? sum : finiteSum(values, inverse)) / n;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let s4 = 0;
  for (let i = 0; i < values.length; i++) {
    const d = values[i] * inverse - rough;
    if (d - d === 0) {
      const square = d * d;
      s1 += d;
      s2 += square;
      s3 += square * d;
      s4 += square * square;
    }
  }
  // The mean of the distances to the rounded mean corrects it, and the powers (Chan, Golub and LeVeque, 1983).
  const shift = s1 / n;
  const isCancelled = Math.abs(rough + shift) < range.absMax * inverse * cancelled;
  const mean = isCancelled ? exactSum(values, inverse) / n : rough + shift;
  const m2 = Math.max(0, s2 - shift * s1);
  return {
    ...range,
    mean: mean * scale,
    scale,
    m2,
    m3: s3 - 3 * shift * s2 + 2 * shift ** 2 * s1,
    m4: s4 - 4 * shift * s3 + 6 * shift ** 2 * s2 - 3 * shift ** 3 * s1,
    sumSquares: m2 + n * mean * mean,
  };
}

/** Σ x of the finite values and of what each addition loses (Knuth's TwoSum). */
function exactSum(values: Float32Array | Float64Array, inverse: number): number {
  let sum = 0;
  let lost = 0;
  for (const value of values) {
    const x = Number.isFinite(value) ? value * inverse : 0;
    const next = sum + x;
    const taken = next - sum;
    lost += sum - (next - taken) + (x - taken);
    sum = next;
  }
  return sum + lost;
}

function finiteSum(values: Float32Array | Float64Array, inverse: number): number {
  let sum = 0;
  for (const value of values) {
    sum += Number.isFinite(value) ? value * inverse : 0;
  }
  return sum;
}
