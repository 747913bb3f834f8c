import type { Shape } from '../tensor/shape';

/** One gradient compared: the engine's with central differences, or the file's with the engine's. */
export interface GradientReport {
  readonly name: 'gradInput' | 'gradWeight' | 'gradBias';
  /** Whose gradient is on trial. */
  readonly source: 'analytic' | 'file';
  readonly shape: Shape;
  readonly passed: boolean;
  /** Largest |found − expected|, in the gradient's own units. */
  readonly maxAbsError: number;
  /** `maxAbsError` over the largest |expected|. */
  readonly maxRelError: number;
  /** `maxRelError` may not exceed this. */
  readonly limit: number;
  readonly worstIndex: readonly number[];
  readonly found: number;
  readonly expected: number;
  /** Order of the Taylor remainder along a random direction: 2 where the gradient is right; only for analytic. */
  readonly taylorOrder?: number;
  /** One sentence where something is to be said, such as which terms a wrong gradient lacks. */
  readonly explanation?: string;
  /** Error per element; thinned to the largest of each stretch. */
  readonly errors: { readonly position: Uint32Array; readonly error: Float64Array };
}

/** The input gradient of one row, taken apart; per feature, full = heldConstant + meanCorrection + varianceCorrection. */
export interface GradientSplit {
  readonly row: number;
  readonly feature: Uint32Array;
  /** The gradient that treats μ and σ as constants: rstd · dy · γ. */
  readonly heldConstant: Float64Array;
  readonly meanCorrection: Float64Array;
  readonly varianceCorrection: Float64Array;
  readonly full: Float64Array;
  /** ‖heldConstant − full‖ / ‖full‖ of this row: how wrong the constant-statistics gradient is. */
  readonly relativeDifference: number;
}

export interface GradientsReport {
  readonly passed: boolean;
  /** The rule of the verdict, spelled out in one sentence. */
  readonly criterion: string;
  /** Sentences on what was assumed: a random dy and its seed, a random γ, rows left out. */
  readonly assumptions: readonly string[];
  readonly checkedRows: number;
  readonly rowCount: number;
  readonly gradients: readonly GradientReport[];
  readonly split: GradientSplit;
}
