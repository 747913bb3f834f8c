import type { Geometry } from './geometry';
import { featureCount, type Affine } from './parameters';

/**
 * The weight and bias that bring y nearest to x̂ · weight + bias, feature by feature: least squares over all values that share
 * one. What is known of them stands. A feature of x̂ that does not vary gets weight 0.
 *
 * @param affine           along which weight and bias run
 * @param normalized       x̂, (rows, cols)
 * @param y                (rows, cols)
 * @param options.known    weight or bias, (features,), if one of them is
 * @param options.hasBias  whether an unknown bias is fitted; else it is zeros
 * @returns                (features,); `count` is how many values share each
 */
export function recoverAffine(
  affine: Pick<Geometry, 'rows' | 'cols' | 'affineShape' | 'rowFeature' | 'colFeature'>,
  normalized: Float64Array,
  y: Float64Array,
  { known = {}, hasBias = true }: { known?: Affine; hasBias?: boolean } = {},
): { weight: Float64Array; bias: Float64Array; count: Float64Array } {
  const { rows, cols, rowFeature, colFeature } = affine;
  const features = featureCount(affine);
  const count = new Float64Array(features);
  const meanZ = new Float64Array(features);
  const meanY = new Float64Array(features);
  const isFitted = hasBias && !known.bias;
  for (let row = 0, i = 0; row < rows; row++) {
    for (let c = 0; c < cols; c++, i++) {
      const feature = rowFeature[row] + colFeature[c];
      count[feature]++;
      if (isFitted) {
        meanZ[feature] += normalized[i];
        meanY[feature] += y[i];
      }
    }
  }
  for (let feature = 0; feature < features; feature++) {
    meanZ[feature] /= count[feature] || 1;
    meanY[feature] = known.bias ? known.bias[feature] : meanY[feature] / (count[feature] || 1);
  }
  const squares = new Float64Array(features);
  const products = new Float64Array(features);
  for (let row = 0, i = 0; row < rows && !known.weight; row++) {
    for (let c = 0; c < cols; c++, i++) {
      const feature = rowFeature[row] + colFeature[c];
      const z = normalized[i] - meanZ[feature];
      squares[feature] += z * z;
      products[feature] += z * (y[i] - meanY[feature]);
    }
  }
  const weight =
    known.weight ?? products.map((product, feature) => (squares[feature] > 0 ? product / squares[feature] : 0));
  return { weight, bias: meanY.map((mean, feature) => mean - weight[feature] * meanZ[feature]), count };
}
