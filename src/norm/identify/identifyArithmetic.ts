import { toFloat64 } from '../../tensor/tensor';
import { computedForward } from '../arithmetic/computedForward';
import { affineFits } from '../identifyGradients';
import type { NormCase } from '../normCase';
import { computeDtypes, type NormSpec } from '../normSpec';
import { parametersOf } from '../parameters';

/** A format to compute in and a cast order, and how many values of y come out bit by bit. */
export interface ArithmeticCandidate {
  readonly spec: NormSpec;
  /** Share of the finite values of y that are equal, 0 to 1. */
  readonly bitEqual: number;
}

/**
 * Finds in which format statistics were taken, and whether x̂ was rounded before the weight was applied (Llama) or y at the end, by
 * computing y in each way and counting the values that come out bit by bit.
 *
 * @param spec the convention that made y, as `identify` found it
 * @returns    best first, those that give the same y in the order float64, float32, half precision; nothing unless x and y are both
 *             float16 or both bfloat16, since wider formats hardly show it, or if the
 *             weight does not run along what the spec normalizes
 */
export function identifyArithmetic(normCase: NormCase, spec: NormSpec): ArithmeticCandidate[] {
  const { x, output } = normCase;
  const dtype = output?.dtype;
  if (
    !affineFits(spec, normCase) ||
    output === undefined ||
    dtype !== x.dtype ||
    (dtype !== 'float16' && dtype !== 'bfloat16')
  ) {
    return [];
  }
  const values = toFloat64(x);
  const y = toFloat64(output);
  const parameters = parametersOf(normCase);
  const formats = computeDtypes.filter(
    (format) => format.startsWith('float64') || format === 'float32' || format === dtype,
  );
  const candidates = formats.flatMap((computeDtype) =>
    (['after-weight', 'before-weight'] as const).map((castOrder): ArithmeticCandidate => {
      const trial = { ...spec, computeDtype, castOrder };
      const computed = computedForward(trial, x.shape, values, parameters, dtype).y;
      const finite = y.reduce((count, value) => count + (Number.isFinite(value) ? 1 : 0), 0);
      const equal = y.reduce((count, value, i) => count + (Number.isFinite(value) && value === computed[i] ? 1 : 0), 0);
      return { spec: trial, bitEqual: finite === 0 ? 0 : equal / finite };
    }),
  );
  return candidates.sort((a, b) => b.bitEqual - a.bitEqual);
}
