import type { Geometry } from './geometry';
import { inCOrder } from './rowOrder';

/**
 * The feature values of every element of x, in C order.
 *
 * @param geometry of the norm whose weight or bias they are
 * @param features (features,)
 */
export function spreadFeatures(geometry: Geometry, features: Float64Array): Float64Array {
  const { rows, cols, rowFeature, colFeature } = geometry;
  const values = new Float64Array(rows * cols);
  for (let r = 0, i = 0; r < rows; r++) {
    for (let c = 0; c < cols; c++, i++) {
      values[i] = features[rowFeature[r] + colFeature[c]];
    }
  }
  return inCOrder(geometry, values);
}
