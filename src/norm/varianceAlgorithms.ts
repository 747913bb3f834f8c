/** An algorithm for the variance (÷N), run in float32 as libraries run it. */
export interface VarianceAlgorithm {
  readonly name: string;
  /** Where it is met. */
  readonly usedBy: string;
  /** Values are rounded to float32 first, and so is every sum, product and quotient. */
  readonly variance: (values: Float64Array) => number;
}

const { fround } = Math;

/** Values that Chan's and NumPy's pairwise sums add one after the other at the leaves. */
const pairwiseLeaf = 8;

/**
 * The algorithms people meet, from worst to best where the mean is large against the deviation (numerics: error
 * n u κ², n u κ, n u + (n u κ)², … with κ = √(1 + (mean / std)²) and u = 2⁻²⁴).
 */
export const varianceAlgorithms: readonly VarianceAlgorithm[] = [
  {
    name: 'One pass, E[x²] − E[x]²',
    usedBy: 'Flax by default (use_fast_variance), old ONNX Runtime and MLX',
    variance: (values) => {
      let sum = 0;
      let squares = 0;
      for (const value of values) {
        const x = fround(value);
        sum = fround(sum + x);
        squares = fround(squares + fround(x * x));
      }
      const mean = fround(sum / values.length);
      return fround(fround(squares / values.length) - fround(mean * mean));
    },
  },
  {
    name: 'Welford',
    usedBy: 'PyTorch on CUDA, in many rows at once',
    variance: (values) => {
      let mean = 0;
      let squares = 0;
      values.forEach((value, i) => {
        const x = fround(value);
        const delta = fround(x - mean);
        mean = fround(mean + fround(delta / (i + 1)));
        squares = fround(squares + fround(delta * fround(x - mean)));
      });
      return fround(squares / values.length);
    },
  },
  {
    name: 'Two pass',
    usedBy: 'kernels written by hand',
    variance: (values) => {
      const mean = fround(sumInOrder(values, (x) => x) / values.length);
      return fround(sumInOrder(values, (x) => square(fround(x - mean))) / values.length);
    },
  },
  {
    name: 'Two pass, pairwise sums',
    usedBy: 'NumPy',
    variance: (values) => {
      const mean = fround(sumPairwise(values, (x) => x) / values.length);
      return fround(sumPairwise(values, (x) => square(fround(x - mean))) / values.length);
    },
  },
  {
    name: 'Two pass, corrected',
    usedBy: 'Chan, Golub and LeVeque 1983',
    variance: (values) => {
      const mean = fround(sumInOrder(values, (x) => x) / values.length);
      const rest = sumInOrder(values, (x) => fround(x - mean));
      const squares = sumInOrder(values, (x) => square(fround(x - mean)));
      return fround(fround(squares - fround(square(rest) / values.length)) / values.length);
    },
  },
  {
    name: 'Two pass in float64, rounded once',
    usedBy: 'Normscope',
    variance: (values) => {
      const mean = values.reduce((sum, value) => sum + fround(value), 0) / values.length;
      return fround(values.reduce((sum, value) => sum + (fround(value) - mean) ** 2, 0) / values.length);
    },
  },
];

function square(value: number): number {
  return fround(value * value);
}

function sumInOrder(values: Float64Array, term: (x: number) => number): number {
  let sum = 0;
  for (const value of values) {
    sum = fround(sum + term(fround(value)));
  }
  return sum;
}

function sumPairwise(values: Float64Array, term: (x: number) => number): number {
  if (values.length <= pairwiseLeaf) {
    return sumInOrder(values, term);
  }
  const middle = values.length >> 1;
  return fround(sumPairwise(values.subarray(0, middle), term) + sumPairwise(values.subarray(middle), term));
}
