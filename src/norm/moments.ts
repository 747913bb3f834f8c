import { binaryScale } from './binaryScale';

/**
 * Counts and central moments of some values. Moments are over the finite values alone and kept in units of `scale`, a
 * power of two near the largest magnitude, so that neither squares of 1e308 nor fourth powers of 1e-300 leave the range
 * of float64; `variance`, `rms` and the other functions here give them in the units of x.
 */
export interface Moments {
  /** All values, finite or not. */
  readonly count: number;
  readonly nan: number;
  readonly posInf: number;
  readonly negInf: number;
  /** Of either sign. */
  readonly zero: number;
  /** NaN if no value is finite, as are `max`, `absMax` and `mean`. */
  readonly min: number;
  readonly max: number;
  readonly absMax: number;
  readonly mean: number;
  readonly scale: number;
  /** Σ ((x − mean) / scale)² */
  readonly m2: number;
  /** Σ ((x − mean) / scale)³; NaN, as is `m4`, where moments were taken to the second only. */
  readonly m3: number;
  /** Σ ((x − mean) / scale)⁴ */
  readonly m4: number;
  /** Σ (x / scale)² */
  readonly sumSquares: number;
}

/**
 * Moments of `values[start … end)`, two-pass in float64.
 *
 * The mean is a compensated sum (Knuth's TwoSum), right to the last bits even of 1e20, 1, −1e20. The second pass sums
 * powers of the distance to it, and corrects them for the mean of those distances (the "corrected two-pass algorithm" of
 * Chan, Golub and LeVeque, 1983, carried on to the third and fourth power), so that nothing cancels for values such as
 * 10000 + i · 1e-3.
 */
export function momentsOf(values: ArrayLike<number>, start = 0, end = values.length): Moments {
  let nan = 0;
  let posInf = 0;
  let negInf = 0;
  let zero = 0;
  let min = Infinity;
  let max = -Infinity;
  let sum = 0;
  let lost = 0;
  for (let i = start; i < end; i++) {
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
    const next = sum + value;
    const taken = next - sum;
    lost += sum - (next - taken) + (value - taken);
    sum = next;
  }
  const count = end - start;
  const finite = count - nan - posInf - negInf;
  const counts = { count, nan, posInf, negInf, zero };
  if (finite === 0) {
    return { ...counts, min: NaN, max: NaN, absMax: NaN, mean: NaN, scale: 1, m2: 0, m3: 0, m4: 0, sumSquares: 0 };
  }
  const absMax = Math.max(-min, max);
  const scale = binaryScale(absMax);
  const inverse = 1 / scale;
  const scaledMean = (Number.isFinite(sum) ? (sum + lost) * inverse : scaledSum(values, start, end, inverse)) / finite;
  let rest = 0;
  let squares = 0;
  let cubes = 0;
  let fourths = 0;
  let sumSquares = 0;
  for (let i = start; i < end; i++) {
    const scaled = values[i] * inverse;
    if (scaled - scaled !== 0) {
      continue;
    }
    const distance = scaled - scaledMean;
    const square = distance * distance;
    rest += distance;
    squares += square;
    cubes += square * distance;
    fourths += square * square;
    sumSquares += scaled * scaled;
  }
  const range = { ...counts, min, max, absMax, scale, sumSquares };
  if (min === max) {
    return { ...range, mean: min, m2: 0, m3: 0, m4: 0 };
  }
  const shift = rest / finite;
  return {
    ...range,
    mean: scaledMean * scale,
    m2: Math.max(0, squares - finite * shift ** 2),
    m3: cubes - 3 * shift * squares + 2 * finite * shift ** 3,
    m4: fourths - 4 * shift * cubes + 6 * shift ** 2 * squares - 3 * finite * shift ** 4,
  };
}

/**
 * Moments of two stretches of values together (Chan, Golub and LeVeque, 1979; third and fourth power after Pébay,
 * Sandia report SAND2008-6212).
 */
export function mergeMoments(a: Moments, b: Moments): Moments {
  const finiteA = finiteCount(a);
  const finiteB = finiteCount(b);
  const counts = {
    count: a.count + b.count,
    nan: a.nan + b.nan,
    posInf: a.posInf + b.posInf,
    negInf: a.negInf + b.negInf,
    zero: a.zero + b.zero,
  };
  if (finiteA === 0 || finiteB === 0) {
    return { ...(finiteA === 0 ? b : a), ...counts };
  }
  const scale = Math.max(a.scale, b.scale);
  const [a2, a3, a4, squaresA] = powersIn(scale, a);
  const [b2, b3, b4, squaresB] = powersIn(scale, b);
  const n = finiteA + finiteB;
  const shareA = finiteA / n;
  const shareB = finiteB / n;
  const delta = b.mean / scale - a.mean / scale;
  const between = finiteA * shareB * delta;
  return {
    ...counts,
    min: Math.min(a.min, b.min),
    max: Math.max(a.max, b.max),
    absMax: Math.max(a.absMax, b.absMax),
    mean: (a.mean / scale + delta * shareB) * scale,
    scale,
    m2: a2 + b2 + between * delta,
    m3: a3 + b3 + between * delta ** 2 * (shareA - shareB) + 3 * delta * (shareA * b2 - shareB * a2),
    m4:
      a4 +
      b4 +
      between * delta ** 3 * (shareA ** 2 - shareA * shareB + shareB ** 2) +
      6 * delta ** 2 * (shareA ** 2 * b2 + shareB ** 2 * a2) +
      4 * delta * (shareA * b3 - shareB * a3),
    sumSquares: squaresA + squaresB,
  };
}

/** Σ (x − mean)² / N; NaN if no value is finite, Infinity beyond the range of float64. */
export function variance(moments: Moments): number {
  return (moments.m2 / finiteCount(moments)) * moments.scale * moments.scale;
}

/** √variance; finite also where the variance itself is beyond the range of float64. */
export function std(moments: Moments): number {
  return Math.sqrt(moments.m2 / finiteCount(moments)) * moments.scale;
}

/** √(Σ x² / N); NaN if no value is finite. */
export function rms(moments: Moments): number {
  return Math.sqrt(moments.sumSquares / finiteCount(moments)) * moments.scale;
}

/** √(Σ x²); 0 if no value is finite. */
export function l2(moments: Moments): number {
  return Math.sqrt(moments.sumSquares) * moments.scale;
}

/** Population skewness m₃ / m₂^1.5 with mₖ = Σ (x − mean)ᵏ / N; NaN for zero variance. */
export function skewness(moments: Moments): number {
  const { m2, m3 } = moments;
  return (Math.sqrt(finiteCount(moments)) * m3) / m2 ** 1.5;
}

/** Population excess kurtosis m₄ / m₂² − 3 with mₖ = Σ (x − mean)ᵏ / N; NaN for zero variance. */
export function excessKurtosis(moments: Moments): number {
  const { m2, m4 } = moments;
  return (finiteCount(moments) * m4) / m2 ** 2 - 3;
}

function finiteCount({ count, nan, posInf, negInf }: Moments): number {
  return count - nan - posInf - negInf;
}

function scaledSum(values: ArrayLike<number>, start: number, end: number, inverse: number): number {
  let sum = 0;
  for (let i = start; i < end; i++) {
    sum += Number.isFinite(values[i]) ? values[i] * inverse : 0;
  }
  return sum;
}

/** m2, m3, m4 and sumSquares in units of another scale. */
function powersIn(scale: number, { scale: own, m2, m3, m4, sumSquares }: Moments): number[] {
  const ratio = own / scale;
  return [m2 * ratio ** 2, m3 * ratio ** 3, m4 * ratio ** 4, sumSquares * ratio ** 2];
}
