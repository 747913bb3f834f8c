import type { SumKind } from './affineSums';
import type { DirectionalCheck } from './directionalCheck';
import type { BackwardKind } from './backwardHypotheses';
import type { SharpCheck } from './sharpCheck';
import { unravelIndex, type Shape } from '../tensor/shape';

/** A gradient of a norm. */
export type GradientName = 'gradInput' | 'gradWeight' | 'gradBias' | 'gradAlpha';

/** One gradient compared element by element. */
export interface GradientResult {
  readonly name: GradientName;
  /** Whose gradient is on trial: the engine's, against differences; or the file's, against the engine's. */
  readonly source: 'analytic' | 'file';
  readonly shape: Shape;
  /** True if `maxRelError` is within `limit`, no direction of `directions` fails, and for `file` no wrong gradient fits clearly better. */
  readonly passed: boolean;
  /** Largest |found − expected|, in the gradient's own units. */
  readonly maxAbsError: number;
  /** Largest |found − expected| in units of the element's own scale, which `gradientCriterion` tells. */
  readonly maxRelError: number;
  readonly limit: number;
  /** Indices of the element that `maxRelError` is of; `found` and `expected` are its values. */
  readonly worstIndex: readonly number[];
  readonly found: number;
  readonly expected: number;
  /**
   * Order in h of the remainder |L(x + hv) − L(x) − h⟨G, v⟩| along a random direction: 2 where G is right, near 1 where
   * not. Only for the engine's gradInput: the loss is linear in weight and bias, so there is no remainder to measure.
   */
  readonly taylorOrder?: number;
  /** Only for the engine's gradInput: differences along directions that move all rows at once. */
  readonly directions?: readonly DirectionalCheck[];
  /** Only for the engine's gradInput: its worst and some other elements; evidence that `passed` does not depend on. */
  readonly sharp?: SharpCheck;
  /** What the file's gradient is instead of the right one, where that was found. */
  readonly mistake?: BackwardKind | SumKind;
  /** One sentence where something is to be said, such as which terms a wrong gradient lacks. */
  readonly explanation?: string;
  /** |found − expected| per compared element, in the units of `maxRelError`, by C-order position in `shape`. */
  readonly errors: { readonly position: Uint32Array; readonly error: Float64Array };
}

/** Gathers the errors of one gradient, an element at a time. */
export class GradientTally {
  private readonly position: Uint32Array;
  private readonly error: Float64Array;
  private size = 0;
  private maxAbsError = 0;
  private worst = { position: 0, found: NaN, expected: NaN, error: -1 };

  /** @param capacity how many elements will be added at most */
  constructor(capacity: number) {
    this.position = new Uint32Array(capacity);
    this.error = new Float64Array(capacity);
  }

  /**
   * @param position C-order position of the element
   * @param scale    what its error is measured in; an error of any size is infinite where this is zero. NaN equals NaN
   *                 here, and each infinity itself; else a value that is not finite is infinitely wrong
   */
  add(position: number, found: number, expected: number, scale: number): void {
    const isSame = found === expected || (Number.isNaN(found) && Number.isNaN(expected));
    const difference = isSame ? 0 : Math.abs(found - expected);
    const absError = Number.isNaN(difference) ? Infinity : difference;
    const ratio = absError === Infinity ? Infinity : absError / scale;
    const error = absError === 0 ? 0 : Number.isNaN(ratio) ? Infinity : ratio;
    this.position[this.size] = position;
    this.error[this.size++] = error;
    this.maxAbsError = Math.max(this.maxAbsError, absError);
    if (error > this.worst.error) {
      this.worst = { position, found, expected, error };
    }
  }

  /** The errors gathered so far, judged by a limit on `maxRelError`. */
  result(name: GradientName, source: 'analytic' | 'file', shape: Shape, limit: number): GradientResult {
    const { position, found, expected, error } = this.worst;
    return {
      name,
      source,
      shape,
      passed: error <= limit,
      maxAbsError: this.maxAbsError,
      maxRelError: Math.max(0, error),
      limit,
      worstIndex: unravelIndex(position, shape),
      found,
      expected,
      errors: { position: this.position.subarray(0, this.size), error: this.error.subarray(0, this.size) },
    };
  }
}
