/**
 * Mean and standard deviation (÷N) of every column over the rows that are finite throughout, two-pass in float64.
 *
 * @param values (rows, cols), row-major
 * @returns      mean, std (cols,), NaN where no row is finite; `rowsUsed` says how many rows are
 */
export function featureMoments(
  values: Float64Array,
  rows: number,
  cols: number,
): { mean: Float64Array; std: Float64Array; rowsUsed: number } {
  const used = Array.from({ length: rows }, (_, row) => row).filter((row) =>
    values.subarray(row * cols, (row + 1) * cols).every(Number.isFinite),
  );
  const mean = columnMeans(values, used, cols, (value) => value);
  const variance = columnMeans(values, used, cols, (value, column) => (value - mean[column]) ** 2);
  return { mean, std: variance.map(Math.sqrt), rowsUsed: used.length };
}

function columnMeans(
  values: Float64Array,
  rows: readonly number[],
  cols: number,
  of: (value: number, column: number) => number,
): Float64Array {
  const sums = new Float64Array(cols);
  for (const row of rows) {
    const start = row * cols;
    for (let c = 0; c < cols; c++) {
      sums[c] += of(values[start + c], c);
    }
  }
  return sums.map((sum) => sum / rows.length);
}
