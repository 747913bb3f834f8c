import type { Geometry } from '../norm/geometry';
import { featureCount } from '../norm/parameters';

/**
 * Mean and standard deviation (÷N) of every feature over the rows that are finite throughout, two-pass in float64. A feature is
 * what shares one weight: a column of layer_norm, a channel of batch_norm.
 *
 * @param values (rows, cols), row-major
 * @returns      mean, std (features,), NaN where no row is finite; `rowsUsed` says how many rows are
 */
export function featureMoments(
  values: Float64Array,
  geometry: Geometry,
): { mean: Float64Array; std: Float64Array; rowsUsed: number } {
  const { rows, cols } = geometry;
  const used = Array.from({ length: rows }, (_, row) => row).filter((row) =>
    values.subarray(row * cols, (row + 1) * cols).every(Number.isFinite),
  );
  const mean = featureMeans(values, used, geometry, (value) => value);
  const variance = featureMeans(values, used, geometry, (value, feature) => (value - mean[feature]) ** 2);
  return { mean, std: variance.map(Math.sqrt), rowsUsed: used.length };
}

function featureMeans(
  values: Float64Array,
  rows: readonly number[],
  geometry: Geometry,
  of: (value: number, feature: number) => number,
): Float64Array {
  const { cols, rowFeature, colFeature } = geometry;
  const sums = new Float64Array(featureCount(geometry));
  const counts = new Float64Array(sums.length);
  for (const row of rows) {
    const start = row * cols;
    for (let c = 0; c < cols; c++) {
      const feature = rowFeature[row] + colFeature[c];
      sums[feature] += of(values[start + c], feature);
      counts[feature]++;
    }
  }
  return sums.map((sum, feature) => sum / counts[feature]);
}
