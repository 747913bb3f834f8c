import type { Shape } from '../tensor/shape';
import { toFloat64, type Tensor } from '../tensor/tensor';
import { backwardRows } from './backward';
import { geometryOf } from './geometry';
import { GradientTally, type GradientName, type GradientResult } from './gradientTally';
import { InputTrial } from './inputTrial';
import type { NormCase } from './normCase';
import { featureCount, parametersOf } from './parameters';
import { precisionOf } from './precision';
import { RowGradient } from './rowGradient';
import { inRowOrder } from './rowOrder';

/** Units of roundoff that a right gradient may be off by; PyTorch's float32 kernels stay below two. */
const roundoffs = 8;
/** Kernels add in float32 at least, also where they store less. */
const sumRoundoff = 2 ** -24;
/** Agreement that is enough in any format: float64 results of other libraries differ by the order of their sums. */
const smallestLimit = 1e-12;

/** What an error may be, in units of the element's scale: 8u for the terms, and √terms · u for each sum that enters. */
function limitOf(unit: number, ...terms: number[]): number {
  const sums = terms.reduce((total, count) => total + Math.sqrt(count), 0) * Math.min(unit, sumRoundoff);
  return Math.max(smallestLimit, roundoffs * unit + sums);
}

/**
 * Compares the gradients that a case brings with the engine's.
 *
 * A gradient computed in float32 or bfloat16 is right to the roundoff u of its format only, and to that only relative
 * to the terms it is made of. An element is measured in
 *
 *   gradInput   rstd · max|γ dy| · (1 + |x̂|) · (1 + m), with m = |mean| · rstd of its row (0 for rms_norm)
 *   gradWeight  Σ over rows of |dy| · (1 + |x̂|) · (1 + m)
 *   gradBias    Σ over rows of |dy|
 *
 * and may be off by 8u of it, and by √n · u more for each sum of n terms that enters, u being float32's at most there.
 * (1 + m) is there because PyTorch's CPU kernels sum x rather than x − mean, and because float32 keeps the mean itself to
 * u only.
 *
 * @returns nothing if the case has no gradOutput or brings no gradient; gradInput passes over rows with NaN or Inf in x
 *          or gradOutput
 * @throws  ShapeError if the tensors do not fit together
 */
export function fileGradients(normCase: NormCase): GradientResult[] {
  const { spec, x, gradOutput, gradInput, gradWeight, gradBias } = normCase;
  if (gradOutput === undefined || (gradInput ?? gradWeight ?? gradBias) === undefined) {
    return [];
  }
  const geometry = geometryOf(normCase);
  const { rows, cols, rowFeature, colFeature, affineShape } = geometry;
  const values = inRowOrder(geometry, toFloat64(x));
  const dy = inRowOrder(geometry, toFloat64(gradOutput));
  const parameters = parametersOf(normCase);
  const sums = backwardRows(spec, geometry, values, dy, parameters);
  const row = new RowGradient(spec, geometry, parameters);
  const inputTrial = gradInput && new InputTrial(gradInput, geometry, row.centred, (unit) => limitOf(unit, cols));
  const weightScale = new Float64Array(featureCount(geometry));
  const biasScale = new Float64Array(weightScale.length);
  for (let r = 0, i = 0; r < rows; r++) {
    row.enter(values, dy, r);
    const offset = 1 + Math.abs(row.mean) * row.rstd;
    for (let c = 0; c < cols; c++, i++) {
      const feature = rowFeature[r] + colFeature[c];
      weightScale[feature] += Math.abs(dy[i]) * (1 + Math.abs(row.normalized[c])) * offset;
      biasScale[feature] += Math.abs(dy[i]);
    }
    inputTrial?.addRow(row, r, offset);
  }
  const terms = (rows * cols) / weightScale.length;
  const results = inputTrial ? [inputTrial.result()] : [];
  if (gradWeight) {
    results.push(sumResult('gradWeight', gradWeight, sums.gradWeight, weightScale, affineShape, [terms, cols]));
  }
  if (gradBias && sums.gradBias) {
    results.push(sumResult('gradBias', gradBias, sums.gradBias, biasScale, affineShape, [terms, cols]));
  }
  return results;
}

function sumResult(
  name: GradientName,
  tensor: Tensor,
  expected: Float64Array,
  scale: Float64Array,
  shape: Shape,
  [terms, cols]: [number, number],
): GradientResult {
  const found = toFloat64(tensor);
  const { unit, quantum } = precisionOf(tensor);
  const limit = limitOf(unit, cols, terms);
  const tally = new GradientTally(found.length);
  found.forEach((value, c) => tally.add(c, value, expected[c], scale[c] + quantum / limit));
  const isFinite = expected.every(Number.isFinite);
  const result = tally.result(name, 'file', shape, limit);
  return isFinite
    ? result
    : { ...result, explanation: 'The sum over the rows is not finite, because x or gradOutput holds NaN or Inf.' };
}
