/**
 * The weight and bias that bring y nearest to x̂ · weight + bias, feature by feature: least squares over the rows.
 *
 * @param normalized x̂, (rows, cols)
 * @param y          (rows, cols)
 * @returns          undefined where a feature of x̂ does not vary, as with fewer than two rows
 */
export function recoverAffine(
  normalized: Float64Array,
  y: Float64Array,
  cols: number,
): { weight: Float64Array; bias: Float64Array } | undefined {
  const rows = y.length / cols;
  const weight = new Float64Array(cols);
  const bias = new Float64Array(cols);
  for (let c = 0; c < cols; c++) {
    let [meanX, meanY] = [0, 0];
    for (let i = c; i < y.length; i += cols) {
      meanX += normalized[i] / rows;
      meanY += y[i] / rows;
    }
    let [xx, xy] = [0, 0];
    for (let i = c; i < y.length; i += cols) {
      xx += (normalized[i] - meanX) ** 2;
      xy += (normalized[i] - meanX) * (y[i] - meanY);
    }
    if (!(xx > 0)) {
      return undefined;
    }
    weight[c] = xy / xx;
    bias[c] = meanY - weight[c] * meanX;
  }
  return { weight, bias };
}
