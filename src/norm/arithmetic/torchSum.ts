const f = Math.fround;
/** Lanes of an AVX2 register of float32. */
const lanes = 8;
/** Vectors that are added side by side. */
const columns = 4;
const levels = 4;

/**
 * The float32 sum of a row as PyTorch 1.13 takes it on a CPU with AVX2 (aten/src/ATen/native/cpu/SumKernel.cpp): four vectors
 * of 8 lanes side by side, each over a cascade of four levels, then the vectors, then what fills no vector and the lanes.
 */
export function torchSum(x: Float64Array): number {
  const vectors = Math.floor(x.length / lanes);
  const rows = Math.floor(vectors / columns);
  const sums = cascade(x, rows);
  for (let vector = rows * columns; vector < vectors; vector++) {
    addVector(sums[0], x, vector);
  }
  let total = 0;
  for (let i = vectors * lanes; i < x.length; i++) {
    total = f(total + x[i]);
  }
  for (let column = 1; column < columns; column++) {
    addLanes(sums[0], sums[column]);
  }
  return sums[0].reduce((sum, lane) => f(sum + lane), total);
}

/** Sums of every `columns`-th vector, (columns, lanes). */
function cascade(x: Float64Array, rows: number): Float32Array[] {
  const empty = () => Array.from({ length: columns }, () => new Float32Array(lanes));
  const power = Math.max(4, Math.floor(Math.ceil(Math.log2(Math.max(1, rows))) / levels));
  const step = 2 ** power;
  const sums = Array.from({ length: levels }, empty);
  let row = 0;
  while (row + step <= rows) {
    for (const end = row + step; row < end; row++) {
      addRow(sums[0], x, row);
    }
    for (let level = 1; level < levels; level++) {
      sums[level].forEach((column, k) => addLanes(column, sums[level - 1][k]));
      sums[level - 1] = empty();
      if ((row & ((step - 1) << (level * power))) !== 0) {
        break;
      }
    }
  }
  for (; row < rows; row++) {
    addRow(sums[0], x, row);
  }
  for (let level = 1; level < levels; level++) {
    sums[0].forEach((column, k) => addLanes(column, sums[level][k]));
  }
  return sums[0];
}

function addRow(sums: readonly Float32Array[], x: Float64Array, row: number): void {
  sums.forEach((column, k) => addVector(column, x, row * columns + k));
}

function addVector(sum: Float32Array, x: Float64Array, vector: number): void {
  for (let lane = 0; lane < lanes; lane++) {
    sum[lane] += x[vector * lanes + lane];
  }
}

function addLanes(sum: Float32Array, other: Float32Array): void {
  for (let lane = 0; lane < lanes; lane++) {
    sum[lane] += other[lane];
  }
}
