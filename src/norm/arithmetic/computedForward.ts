import { roundTo, type FloatDtype } from '../../tensor/roundFloat';
import { ShapeError } from '../../tensor/errors';
import type { Shape } from '../../tensor/shape';
import { forwardRows, requireParameters } from '../forward';
import { requireLength, rowGeometry, type Geometry } from '../geometry';
import { isCentred, measuredCount, squaresDeviations, type NormSpec } from '../normSpec';
import { featureCount, heldStatistics, scaleOf, type NormParameters } from '../parameters';
import { inCOrder, inRowOrder } from '../rowOrder';
import { throughFloat32 } from './throughFloat32';
import { evaluationOf, type Evaluation, type EvaluationName, type RowState } from './evaluations';

/** What an implementation in finite precision makes of x. */
export interface ComputedForward {
  /** In C order, of the shape of x; numbers of the dtype of y. */
  readonly y: Float64Array;
  /** (rows,), numbers of the format that is computed in. */
  readonly mean: Float64Array;
  readonly rstd: Float64Array;
}

/**
 * y as an implementation gives it that computes in `spec.computeDtype`, each operation rounded, and rounds y to a dtype: the
 * twin of `forward`, which is exact up to the roundoff of float64.
 *
 * Operations on half-precision numbers are computed in float32 and rounded, as PyTorch, NumPy and XLA do. With `castOrder`
 * before-weight x̂ is rounded to the dtype first and multiplied by the weight in it (Llama, the two stages of ONNX); else
 * everything is computed in `computeDtype` and rounded once. With float64 this is `forward`, rounded.
 *
 * @param x     in C order; numbers of `dtype`
 * @param dtype of x and y
 * @throws      ShapeError if the spec does not fit, or has no implementation in that order
 */
export function computedForward(
  spec: NormSpec,
  shape: Shape,
  x: Float64Array,
  parameters: NormParameters,
  dtype: FloatDtype,
  name: EvaluationName = 'plain',
): ComputedForward {
  const geometry = rowGeometry(spec, shape);
  requireLength('x', x, geometry.rows * geometry.cols);
  requireParameters(spec, geometry, parameters);
  const evaluation = evaluationOf(name, spec, dtype);
  if (evaluation === undefined) {
    throw new ShapeError(`The order ${name} is not known for a ${spec.kind} of ${dtype} in ${spec.computeDtype}.`, {
      advice: 'Choose another order of evaluation, or float32 to compute in.',
    });
  }
  const rows = inRowOrder(geometry, x);
  const computed =
    spec.computeDtype === 'float64' || spec.kind === 'dyt'
      ? roundedForward(spec, geometry, rows, parameters, dtype)
      : computeRows(spec, geometry, rows, parameters, dtype, evaluation);
  return { ...computed, y: inCOrder(geometry, computed.y) };
}

/** `forward` in float64, rounded as the cast order says. */
function roundedForward(
  spec: NormSpec,
  geometry: Geometry,
  x: Float64Array,
  parameters: NormParameters,
  dtype: FloatDtype,
): ComputedForward {
  const cast = roundTo(dtype);
  const { y, normalized, mean, rstd } = forwardRows(spec, geometry, x, parameters);
  return {
    y: spec.castOrder === 'after-weight' ? y.map(cast) : affineInDtype(spec, geometry, normalized, parameters, cast),
    mean,
    rstd,
  };
}

/** x̂, rounded, times the weight and plus the bias, each operation rounded; row by row. */
function affineInDtype(
  spec: NormSpec,
  geometry: Geometry,
  normalized: Float64Array,
  parameters: NormParameters,
  cast: (value: number) => number,
): Float64Array {
  const { cols, rowFeature, colFeature } = geometry;
  const scale = scaleOf(spec, featureCount(geometry), parameters);
  return normalized.map((value, i) => {
    const feature = rowFeature[Math.floor(i / cols)] + colFeature[i % cols];
    const scaled = cast(cast(value) * cast(scale[feature]));
    return parameters.bias ? cast(scaled + cast(parameters.bias[feature])) : scaled;
  });
}

function computeRows(
  spec: NormSpec,
  geometry: Geometry,
  x: Float64Array,
  parameters: NormParameters,
  dtype: FloatDtype,
  evaluation: Evaluation,
): ComputedForward {
  const { rows, cols, rowFeature, colFeature, normalizedShape } = geometry;
  const cast = roundTo(dtype);
  const round = evaluation.round ?? throughFloat32(spec.computeDtype);
  const scale = scaleOf(spec, featureCount(geometry), parameters).map(round);
  const bias = parameters.bias?.map(round) ?? new Float64Array(scale.length);
  const held = heldStatistics(spec, parameters);
  const measured = measuredCount(spec, cols);
  const options = {
    centred: squaresDeviations(spec),
    divisor: divisorOf(spec, measured),
    round,
    axes: normalizedShape.length,
  };
  const centred = isCentred(spec.kind);
  const isCastFirst = spec.castOrder === 'before-weight';
  const y = new Float64Array(x.length);
  const mean = new Float64Array(rows);
  const rstd = new Float64Array(rows);
  for (let row = 0, i = 0; row < rows; row++) {
    const first = rowFeature[row];
    const values = x.subarray(i, i + cols).map(round);
    const moments = held
      ? { mean: round(held.mean[first]), variance: round(held.variance[first]) }
      : evaluation.moments(values.subarray(0, measured), options);
    const state: RowState = {
      mean: centred ? moments.mean : 0,
      variance: moments.variance,
      ...denominatorOf(spec, moments.variance, round, evaluation, held !== undefined),
      round,
    };
    mean[row] = moments.mean;
    rstd[row] = state.rstd;
    for (let c = 0; c < cols; c++, i++) {
      const feature = first + colFeature[c];
      y[i] = isCastFirst
        ? evaluation.apply(values[c], state, 1, 0)
        : cast(evaluation.apply(values[c], state, scale[feature], bias[feature]));
    }
  }
  return { y: isCastFirst ? affineInDtype(spec, geometry, y, parameters, cast) : y, mean, rstd };
}

function divisorOf({ kind, divisor }: NormSpec, cols: number): number {
  return kind === 'l2_norm' || kind === 'scale_norm' ? 1 : divisor === 'n' ? cols : cols - 1;
}

/** D as a divisor, each operation rounded; ε is a float32 also among half-precision numbers, as PyTorch's scalars are. */
function denominatorOf(
  { eps, epsPlace }: NormSpec,
  variance: number,
  round: (value: number) => number,
  { rstd: rstdOf }: Evaluation,
  isHeld: boolean,
): Pick<RowState, 'rstd' | 'overD'> {
  const epsilon = Math.fround(eps);
  if (epsPlace === 'inside') {
    const rstd = rstdOf ? rstdOf(variance, eps, isHeld) : round(1 / round(Math.sqrt(round(variance + epsilon))));
    return { rstd, overD: (value) => round(value * rstd) };
  }
  const std = round(Math.sqrt(variance));
  const denominator = epsPlace === 'outside' ? round(std + epsilon) : Math.max(std, round(epsilon));
  return { rstd: round(1 / denominator), overD: (value) => round(value / denominator) };
}
