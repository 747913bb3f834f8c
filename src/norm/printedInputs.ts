import type { Geometry } from './geometry';
import type { NormCase } from './normCase';
import { featureCount, parametersOf } from './parameters';
import { RowGradient } from './rowGradient';

/** How far gradients can be off because what they are computed from was rounded in print. */
export interface PrintedInputs {
  /** (rows, cols) */
  readonly gradInput: Float64Array;
  /** (features,) */
  readonly gradWeight: Float64Array;
  /** (features,) */
  readonly gradBias: Float64Array;
}

/**
 * Bounds, to first order, the change of every gradient when each x, dy and γ moves by half a step of its last printed decimal.
 *
 * With u = rstd · δx, G = max|γ dy| and h the most that γ dy moves, of dx = rstd · (g − mean(g) − x̂ · mean(g x̂)) rstd moves by a
 * part u, x̂ by u (2 + |x̂|), mean(g) by h and mean(g x̂) by 3 G u + h; together dx moves by
 *
 *   |Δdx| ≤ rstd · (1 + |x̂|) · (5 u G + 2 h)
 *
 * and by cols times that for the norms that take a sum over the row in place of a mean. The terms of dγ = Σ dy x̂ move by
 * |x̂| δdy + |dy| u (2 + |x̂|), those of dβ = Σ dy by δdy.
 *
 * @param x, gradOutput (rows, cols), row-major
 * @returns undefined if none of the inputs was printed
 * @throws  ShapeError if a parameter does not fit
 */
export function printedInputs(
  normCase: NormCase,
  geometry: Geometry,
  x: Float64Array,
  gradOutput: Float64Array,
): PrintedInputs | undefined {
  const [ofX, ofDy, ofWeight] = [normCase.x, normCase.gradOutput, normCase.weight].map(
    (tensor) => (tensor?.resolution ?? 0) / 2,
  );
  if (ofX + ofDy + ofWeight === 0) {
    return undefined;
  }
  const { spec } = normCase;
  const { rows, cols, rowFeature, colFeature } = geometry;
  const bounds = {
    gradInput: new Float64Array(rows * cols),
    gradWeight: new Float64Array(featureCount(geometry)),
    gradBias: new Float64Array(featureCount(geometry)),
  };
  const terms = spec.kind === 'l2_norm' || spec.kind === 'scale_norm' ? cols : 1;
  const row = new RowGradient(spec, geometry, parametersOf(normCase));
  for (let r = 0; r < rows; r++) {
    row.enter(x, gradOutput, r);
    const u = row.rstd * ofX;
    let moved = 0;
    for (let c = 0; c < cols; c++) {
      moved = Math.max(moved, Math.abs(row.scale[c]) * ofDy + Math.abs(gradOutput[r * cols + c]) * ofWeight);
    }
    for (let c = 0; c < cols; c++) {
      const i = r * cols + c;
      const feature = rowFeature[r] + colFeature[c];
      const normalized = Math.abs(row.normalized[c]);
      bounds.gradInput[i] = terms * row.rstd * (1 + normalized) * (5 * u * row.largestG + 2 * moved);
      bounds.gradWeight[feature] += normalized * ofDy + Math.abs(gradOutput[i]) * terms * u * (2 + normalized);
      bounds.gradBias[feature] += ofDy;
    }
  }
  return bounds;
}
