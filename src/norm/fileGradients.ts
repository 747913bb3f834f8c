import type { Shape } from '../tensor/shape';
import { toFloat64, type Tensor } from '../tensor/tensor';
import { alphaSums } from './alphaSums';
import { affineSums, type AffineSum } from './affineSums';
import { geometryOf, type Geometry } from './geometry';
import { gradientLimit } from './gradientLimit';
import { GradientTally, type GradientName, type GradientResult } from './gradientTally';
import { identifyBackward, type BackwardIdentification } from './identifyBackward';
import { identifySum, type SumIdentification } from './identifySums';
import { InputTrial } from './inputTrial';
import type { NormCase } from './normCase';
import { featureCount, parametersOf } from './parameters';
import { precisionOf } from './precision';
import { printedInputs } from './printedInputs';
import { RowGradient } from './rowGradient';
import { inRowOrder } from './rowOrder';

/**
 * Compares the gradients that a case brings with the engine's.
 *
 * A gradient computed in float32 or bfloat16 is right to the roundoff u of its format only, and to that only relative
 * to the terms it is made of. An element is measured in
 *
 *   gradInput   rstd · max|γ dy| · (1 + |x̂|) · (1 + m), with m = |mean| · rstd of its row (0 for rms_norm)
 *   gradWeight  Σ over rows of |dy| · (1 + |x̂|) · (1 + m)
 *   gradBias    Σ over rows of |dy|
 *   gradAlpha   Σ of |γ dy x| (dyt)
 *
 * and may be off by 8u of it, and by √n · u more for each sum of n terms that enters, u being float32's at most there.
 * (1 + m) is there because PyTorch's CPU kernels sum x rather than x − mean, and because float32 keeps the mean itself to
 * u only. Where x, dy or γ were rounded in print, what that can change comes on top.
 *
 * @returns nothing if the case has no gradOutput or brings no gradient; gradInput passes over rows with NaN or Inf in x
 *          or gradOutput
 * @throws  ShapeError if the tensors do not fit together
 */
export function fileGradients(normCase: NormCase): GradientResult[] {
  const { spec, x, gradOutput, gradInput, gradWeight, gradBias, gradAlpha } = normCase;
  if (gradOutput === undefined || (gradInput ?? gradWeight ?? gradBias ?? gradAlpha) === undefined) {
    return [];
  }
  const geometry = geometryOf(normCase);
  const { rows, cols, affineShape } = geometry;
  const values = inRowOrder(geometry, toFloat64(x));
  const dy = inRowOrder(geometry, toFloat64(gradOutput));
  const parameters = parametersOf(normCase);
  const printed = printedInputs(normCase, geometry, values, dy);
  const results = gradInput ? [inputResult(normCase, geometry, values, dy, printed?.gradInput)] : [];
  const sums = affineSums(spec, geometry, values, dy, parameters);
  const terms = [(rows * cols) / featureCount(geometry), cols];
  if (gradWeight) {
    results.push(sumResult('gradWeight', gradWeight, sums.gradWeight, affineShape, terms, printed?.gradWeight));
  }
  if (gradBias) {
    results.push(sumResult('gradBias', gradBias, sums.gradBias, affineShape, terms, printed?.gradBias));
  }
  if (gradAlpha && spec.kind === 'dyt') {
    const ofAlpha = alphaSums(spec, geometry, values, dy, parameters);
    results.push(sumResult('gradAlpha', gradAlpha, ofAlpha, gradAlpha.shape, [values.length], undefined));
  }
  return results;
}

function inputResult(
  normCase: NormCase,
  geometry: Geometry,
  x: Float64Array,
  dy: Float64Array,
  printed: Float64Array | undefined,
): GradientResult {
  const row = new RowGradient(normCase.spec, geometry, parametersOf(normCase));
  const trial = new InputTrial(normCase.gradInput!, geometry, printed);
  for (let r = 0; r < geometry.rows; r++) {
    row.enter(x, dy, r);
    trial.addRow(row, r);
  }
  return withName(trial.result(), identifyBackward(normCase));
}

/** Fails a gradient that is a wrong one by name, even if it is within the limit, and says of one that fails what is known of it. */
function withName(
  result: GradientResult,
  { fitting, explanation }: Pick<BackwardIdentification | SumIdentification, 'fitting' | 'explanation'>,
): GradientResult {
  const isWrong = fitting.length > 0 && fitting.every(({ kind }) => kind !== 'full');
  return isWrong
    ? { ...result, passed: false, mistake: fitting[0].kind, explanation }
    : { ...result, explanation: result.passed ? undefined : explanation };
}

function sumResult(
  name: GradientName,
  tensor: Tensor,
  sums: readonly AffineSum[],
  shape: Shape,
  terms: readonly number[],
  printed: Float64Array | undefined,
): GradientResult {
  const found = toFloat64(tensor);
  const [{ value, scale }] = sums;
  const { unit, quantum } = precisionOf(tensor);
  const limit = gradientLimit(unit, ...terms);
  const tally = new GradientTally(found.length);
  found.forEach((element, c) => tally.add(c, element, value[c], scale[c] + (quantum + (printed?.[c] ?? 0)) / limit));
  const result = tally.result(name, 'file', shape, limit);
  return value.every(Number.isFinite)
    ? withName(result, identifySum(tensor, sums, terms, printed))
    : { ...result, explanation: 'The sum over the rows is not finite, because x or gradOutput holds NaN or Inf.' };
}
